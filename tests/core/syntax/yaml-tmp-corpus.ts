import { readYaml } from '/work/main/src/core/syntax/yaml-source.ts'
import { readWithPyYaml } from '/work/main/tests/core/syntax/yaml-oracle.ts'
import { applyEdits, invertEdits } from '/work/main/src/core/text/edit.ts'
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
export default function(args:string[]) {
let seed=Number(args[0]??1);
const rnd=(n:number)=>{ seed=(seed+0x6D2B79F5)|0; let t=Math.imul(seed^(seed>>>15),1|seed); t=(t+Math.imul(t^(t>>>7),61|t))^t; return Math.floor(((t^(t>>>14))>>>0)/4294967296*n)}
const leafs=(v:any,p=''):string[]=>{ if(typeof v==='string')return [p]; if(Array.isArray(v)) return v.flatMap((x,i)=>leafs(x,p+'/'+i)); if(v&&typeof v==='object') return Object.entries(v).flatMap(([k,x])=>leafs(x,p+'/'+k.replaceAll('~','~0').replaceAll('/','~1'))); return []}
const files = readFileSync('/tmp/yamls.txt','utf8').trim().split('\n')
const K=Number(args[1]??6)
let time=0; const cases:any[]=[]; let big=0
for(const f of files){ const doc=readFileSync(f,'utf8'); const s=readYaml(doc); if('problem' in s) throw f
 const v=JSON.parse(s.json); const all=leafs(v)
 const longest=all.toSorted((a,b)=>s.region(b)!.text.length-s.region(a)!.text.length).slice(0,2)
 for(let i=0;i<Math.min(K,all.length);i++){ const p=i<2?longest[i]!:all[rnd(all.length)]!; const r=s.region(p)!
  const bin=s.binary.has(p); const val=r.text
  const ed:any = bin?{offset:val.length>>1,length:1,content:'Q'}:[{offset:val.length>>1,length:val.length?1:0,content:'z'},{offset:val.length,length:0,content:'x'},{offset:val.length>>1,length:0,content:"ä'\"\n: #"},{offset:val.length>>1,length:0,content:'data: {"x":1}\n\ndata: y\n\n'}][i%4]
  const t=performance.now(); const o=r.toOuter(ed); const el=performance.now()-t; time+=el; big=Math.max(big,el)
  cases.push({f,doc,p,ed,o,want:applyEdits(val,[ed]),after:applyEdits(doc,o),before:v})
 }}
const py=readWithPyYaml(cases.map(c=>c.after))
let ok=0,wide=0
cases.forEach((c,i)=>{ const s=readYaml(c.after); const get=(v:any)=>c.p.split('/').slice(1).map((k:string)=>k.replaceAll('~1','/').replaceAll('~0','~')).reduce((x:any,k:string)=>x?.[k],v)
 const p:any=py[i]; const fail=(w:string)=>console.log(w,c.f,c.p,JSON.stringify(c.ed),JSON.stringify(c.o).slice(0,300),p.error)
 if('problem' in s) return fail('REFUSED')
 if('error' in p) return fail('PYERR')
 const v=JSON.parse(s.json)
 if(get(v)!==c.want) return fail('VALUE'); if(get(p.value)!==c.want) return fail('PYVALUE')
 if(!isDeepStrictEqual(v,p.value)) return fail('OTHER')
 if(applyEdits(c.after,invertEdits(c.doc,c.o))!==c.doc) return fail('INV')
 ok++
 const len=c.o.reduce((n:number,e:any)=>n+e.length,0); if(len>c.ed.length+8) {wide++; if(args[2]) console.log('WIDE',c.f.slice(-60),c.p,len,JSON.stringify(c.ed),JSON.stringify(c.o).slice(0,200))}
})
console.log({ok,all:cases.length,wide,time,big})
}

import { readYaml } from '/work/main/src/core/syntax/yaml-source.ts'
import { readWithPyYaml } from '/work/main/tests/core/syntax/yaml-oracle.ts'
import { JsonDocument, type JsonNode } from '/work/main/src/core/syntax/json-node.ts'
import { applyEdits, invertEdits } from '/work/main/src/core/text/edit.ts'
import { isDeepStrictEqual } from 'node:util'
import { parse, stringify } from 'yaml'
import { readFileSync } from 'node:fs'
export default function(args:string[]) {
let seed=Number(args[0]??1); const N=Number(args[1]??2000)
const rnd=(n:number)=>{ seed=(seed+0x6D2B79F5)|0; let t=Math.imul(seed^(seed>>>15),1|seed); t=(t+Math.imul(t^(t>>>7),61|t))^t; return Math.floor(((t^(t>>>14))>>>0)/4294967296*n)}
const pick=<T,>(a:T[]):T=>a[rnd(a.length)]!
const str=()=>pick(['a','b c','','yes','12','x: y','# no',"it's",'"q"','data: {"x":1}\n\ndata: y\n\n','line\nline2\n','é😀','- a','  lead','trail ','null','2024-01-01','1e3','{a}','[b','k?','tab\there','\u2028','c\r\nd','http://x/?a=1','*/*','@x','%','\n','\n\n x\n'])
const key=()=>pick(['a','b','c','d','Content-Type','x y','200','','é','a: b','yes','"','k\n','~'])
const val=(d:number):any=>{const k=rnd(d>0?9:6); if(k<3)return str(); if(k===3)return pick([1,-2.5,1e21,0,1e-7,12345678901]); if(k===4) return pick([true,false,null]); if(k===5) return pick([[],{}]); if(k<8) {const o:any={}; for(let i=rnd(4);i>=0;i--) o[key()]=val(d-1); return o} return Array.from({length:rnd(4)},()=>val(d-1))}
const files=readFileSync('/tmp/yamls.txt','utf8').trim().split('\n').map(f=>readFileSync(f,'utf8')).filter(t=>t.length<4500)
const cases:any[]=[]
while(cases.length<N){
  let doc:string; const k=rnd(8); const v=val(3)
  if(k===0) doc=pick(files)
  else if(k===1) doc=JSON.stringify(v,null,pick([0,2]))
  else if(k===2) doc=handmade(v)
  else doc=stringify(v,{indent:pick([2,4]),indentSeq:rnd(2)===0,collectionStyle:pick(['any','any','block','flow']),defaultStringType:pick(['PLAIN','QUOTE_DOUBLE','QUOTE_SINGLE','BLOCK_LITERAL']),lineWidth:pick([0,30]),nullStr:pick(['null','~','']),flowCollectionPadding:rnd(2)===0,directives:rnd(4)===0} as any)
  if(rnd(10)===0) doc=doc.replace(/\n+$/,'')
  if(rnd(8)===0) doc=doc.replace(/(?<!\r)\n/g,'\r\n')
  if(rnd(6)===0) doc=doc.replace(/\n(?=[ab]:)/g,'\n# note\n')
  const s=readYaml(doc); if('problem' in s) continue
  const json=s.json; const view=s.view(new Map())
  const jd=JsonDocument.of(json); const nodes:JsonNode[]=[]; const walk=(n:JsonNode)=>{nodes.push(n); for(const c of n.children()) walk(c)}; walk(jd.root!)
  const n=pick(nodes); const e:any[]=[]
  const kids=[...n.children()]
  const op=rnd(5)
  if(op===0||kids.length===0&&n.kind!=='array'&&n.kind!=='object') e.push({offset:n.start,length:n.end-n.start,content:JSON.stringify(val(2))})
  else if(n.kind==='array'||n.kind==='object'){
    // rewrite the group wholly, some kept, some removed, some new
    const entries= n.kind==='array'?kids.map(c=>c.raw):[...n.effectiveMembers()].map(m=>JSON.stringify(m.key)+': '+m.value.raw)
    let out=entries.slice()
    if(op===1||op===4) out=out.filter(()=>rnd(3)>0)
    if(op===2) { const i=rnd(out.length+1); out=[...out.slice(0,rnd(2)?i:0),...out.slice(i)] }
    if(op===3||op===4){ for(let i=rnd(3);i>=0;i--){ const at=rnd(out.length+1); const nv=JSON.stringify(val(2)); if(n.kind==='array') out.splice(at,0,nv); else { const kk=JSON.stringify(pick(['new','a','z','n n'])); if(!out.some(o=>o.startsWith(kk+':'))) out.splice(at,0,kk+': '+nv)} } }
    const br=n.kind==='array'?'[]':'{}'
    e.push({offset:n.start,length:n.end-n.start,content:out.length?br[0]+'\n'+out.join(',\n')+'\n'+br[1]:br})
  } else continue
  const wantText=applyEdits(json,e); let want; try{want=JSON.parse(wantText)}catch{continue}
  let edits; try{ edits=view.put(e.map(x=>minimal(json,x))) } catch(err:any){ if(!/no ":"|one member only/.test(err.message)) console.log('THROW',err.message,err.stack?.split('\n')[2],JSON.stringify({doc,e})); continue}
  let after; try{after=applyEdits(doc,edits)}catch(err:any){console.log('APPLY',err.message,JSON.stringify({doc,e,edits})); continue}
  cases.push({doc,e,want,after,edits,json})
}
function minimal(json:string,x:any){ const b=json.slice(x.offset,x.offset+x.length); let p=0; while(p<b.length&&p<x.content.length&&b[p]===x.content[p])p++; let q=0; while(q<b.length-p&&q<x.content.length-p&&b.at(-1-q)===x.content.at(-1-q))q++; if(rnd(2))return x; return {offset:x.offset+p,length:b.length-p-q,content:x.content.slice(p,x.content.length-q)}}
function handmade(v:any):string{ const w=(x:any,ind:number,after:string):string=>{ const sp=' '.repeat(ind); if(Array.isArray(x)&&x.length) { if(after==='-') return ' '+x.map(y=>'-'+w(y,ind+2,'-')).join('\n'+sp); const i2=rnd(2)?ind-2:ind; return '\n'+x.map(y=>' '.repeat(Math.max(i2,0))+'-'+w(y,Math.max(i2,0)+2,'-')).join('\n') } if(x&&typeof x==='object'&&Object.keys(x).length) { const es=Object.entries(x).map(([k,y])=>JSON.stringify(k)+':'+w(y,ind+2,':')); return (after==='-'?' ':'\n'+sp)+es.join('\n'+sp) } if(x===null) return pick(['',' ~',' null']); if(typeof x==='string'&&/^[a-z]+\n/.test(x)) return ' |'+(x.endsWith('\n')?'':'-')+'\n'+x.replace(/\n$/,'').split('\n').map(l=>l&&sp+'  '+l).join('\n'); return ' '+JSON.stringify(x)+pick(['','',' # c']) }; return w(v,0,':').replace(/^\s+/,'')+'\n'}
const py=readWithPyYaml(cases.map(c=>c.after)); const py0=readWithPyYaml(cases.map(c=>c.doc))
let ok=0,shown=0
cases.forEach((c,i)=>{ const bad=(w:string)=>{ if(shown++<Number(args[2]??8)) console.log(w,JSON.stringify({doc:c.doc,e:c.e,after:c.after})) }
 const s=readYaml(c.after); if('problem' in s) return bad('REFUSED '+JSON.stringify(s.problem))
 if(!isDeepStrictEqual(norm(JSON.parse(s.json)),norm(c.want))) return bad('VALUE '+s.json)
 const p:any=py[i]; if(!('error' in py0[i]!)) { if('error' in p) return bad('PYERR '+p.error)
 if(!isDeepStrictEqual(norm(p.value),norm(c.want))) return bad('PYVALUE '+JSON.stringify(p.value)) }
 try{ const o={uniqueKeys:false,logLevel:'silent'} as any; if(isDeepStrictEqual(norm(parse(c.doc,o)),norm(JSON.parse(c.json)))){ let ya; try{ya=parse(c.after,o)}catch(e:any){return bad('STRICT '+e.message)} if(!isDeepStrictEqual(norm(ya),norm(c.want))) return bad('STRICTVALUE '+JSON.stringify(ya)) } }catch{}
 if(applyEdits(c.after,invertEdits(c.doc,c.edits))!==c.doc) return bad('INV')
 ok++ })
function norm(v:any):any{ return v===0?0:Array.isArray(v)?v.map(norm):v&&typeof v==='object'?Object.fromEntries(Object.entries(v).map(([k,x])=>[k,norm(x)])):v }
console.log({ok,all:cases.length,shown})
}

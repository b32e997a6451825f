import { readYaml } from '/work/main/src/core/syntax/yaml-source.ts'
import { readWithPyYaml } from '/work/main/tests/core/syntax/yaml-oracle.ts'
import { parse } from 'yaml'
import { applyEdits, invertEdits } from '/work/main/src/core/text/edit.ts'
export default function(args:string[]) {
let seed=Number(args[0]??1); const N=Number(args[1]??3000)
const rnd=(n:number)=>{ seed=(seed+0x6D2B79F5)|0; let t=Math.imul(seed^(seed>>>15),1|seed); t=(t+Math.imul(t^(t>>>7),61|t))^t; return Math.floor(((t^(t>>>14))>>>0)/4294967296*n)}
const pick=<T,>(a:T[]):T=>a[rnd(a.length)]!
const words=['data: ','a','b c','{"x":1}','# no','é','😀','-','- ','?','"',"'",'\\','x: y','end',':','#','~','12','[DONE]','%','  ','\t',',','|','true']
const text=(nl:boolean)=>{let s='';const n=rnd(7);for(let i=0;i<n;i++)s+=nl&&rnd(3)===0?pick(['\n','\n\n','\n\n\n',' ']):pick(words);return s}
const heads=['k: ','a:\n  b: ','- ','- - ','a:\n- ','a:\n    - x: 1\n      y: ','o: {a: 1, b: ','o: [1, ','"q": ','a: !!str ','a: &id ','']
function source(style:string,ind:string,nl:string){
  const brk=()=>pick(['',' ','  '])+nl.repeat(pick([1,1,2,2,3]))+ind+pick(['','',' '])
  let s=''; const n=rnd(8)
  if(style==='single'){ for(let i=0;i<n;i++) s+=pick(["''",pick(words).replaceAll("'","''"),pick(words).replaceAll("'","''"),brk()]); return `'${s}'`}
  if(style==='double'){ for(let i=0;i<n;i++) s+=pick([pick(words).replace(/["\\]/g,'\\$&'),pick(words).replace(/["\\]/g,'\\$&'),brk(),'\\n','\\"','\\x41','\\u00e9','\\U0001F600','\\'+nl+ind+pick(['','\\ ']),'\\t']); return `"${s}"`}
  if(style==='plain'){ for(let i=0;i<n+1;i++) s+=pick(['w','word ','x','data:y','a',' b','é','http://x/?a=b&c','😀',brk()]); s=s.trim(); return s||'w'}
  const head=(style==='literal'?'|':'>')+pick(['','-','+'])
  let lines:string[]=[]; for(let i=0;i<n;i++) lines.push(rnd(4)===0?pick(['','',ind]):ind+pick(['','',' ','  '])+text(false))
  let digit=''
  if(rnd(4)===0) digit=String(2) 
  return head[0]+digit+head.slice(1)+nl+lines.map(l=>l+nl).join('')
}
type Case={doc:string;head:string;tail:string;scalar:string;ptr:string}
const cases:any[]=[]
function leafPtr(v:any,p=''):string[]{ if(typeof v==='string')return [p]; if(Array.isArray(v)) return v.flatMap((x,i)=>leafPtr(x,p+'/'+i)); if(v&&typeof v==='object') return Object.entries(v).flatMap(([k,x])=>leafPtr(x,p+'/'+k)); return []}
while(cases.length<N){
  const nl=rnd(6)===0?'\r\n':'\n'
  const style=pick(['single','double','plain','literal','folded'])
  let head=pick(heads).replaceAll('\n',nl); const flow=/[{[]/.test(head)
  if(flow&&(style==='literal'||style==='folded')) continue
  const col=(head.split('\n').at(-1)!.match(/^[ -]*/)![0].length)
  const ind=' '.repeat(style==='literal'||style==='folded'?col+2:col+pick([1,2,4]))
  const scalar=source(style,ind,nl)
  const closer=flow?(head.includes('{')?'}':']'):''
  const col0=head.match(/^ *(- )?/)![0]
  let tail=closer
  const block=style==='literal'||style==='folded'
  if(!block) tail+=pick(['',nl,' # c'+nl,nl+'# c'+nl])
  if(head.startsWith('- ')&&rnd(2)) tail+=(tail===''||!/\n$/.test(tail)?(block?'':nl):'')+'- zz'+nl
  else if(head&&!head.startsWith('- ')&&rnd(2)) tail+=(tail===''||!/\n$/.test(tail)?(block?'':nl):'')+'zz: 1'+nl
  const doc=head+scalar+tail
  const s=readYaml(doc); if('problem' in s) continue
  const v=JSON.parse(s.json); const ps=leafPtr(v).filter(p=>{const r=s.region(p); return r})
  // the leaf which lies at head.length
  const ptr=ps.find(p=>{ const r=s.view(new Map()); return true && spanOf(s,p,head.length)})
  if(ptr===undefined) continue
  const r=s.region(ptr)!
  const value=r.text
  const edits:any[]=[]; const ne=rnd(4)===0?2:1; let at=0
  for(let i=0;i<ne;i++){ const o=Math.min(value.length,at+rnd(Math.max(1,value.length-at+1))); const l=rnd(2)?0:Math.min(value.length-o,rnd(rnd(3)?4:30)); const c=rnd(3)===0?pick(['x',' ','\n','\n\n','ä','"',"'",': ',' #','\t','\r','\u0007','\u2028','data: y\n\n','\ud800','z\n','\n  q','','-','\u00a0','\\']):rnd(2)?text(true):''; if(!(l===0&&c==='')) edits.push({offset:o,length:l,content:c}); at=o+l+1; if(at>value.length)break}
  let outer
  try{ outer=r.toOuter(...edits)}catch(e:any){ console.log('THROW',e.message,JSON.stringify({doc,ptr,value,edits}));continue}
  const want=applyEdits(value,edits)
  const after=applyEdits(doc,outer)
  cases.push({doc,ptr,value,edits,want,after,head,tail,outer,style})
}
function spanOf(s:any,p:string,at:number){ 
  const r=s.region(p); // crude: span of deletion whole
  const v=s.view(new Map()); const d=JSON.parse(v.json); 
  const marker=s.view(new Map([[p,{json:'"@@MARK@@"',put(){return []},span(){return undefined}}]])); 
  // compare via text search: use toOuter offsets
  try{ const e=r.text===''?r.toOuter({offset:0,length:0,content:'Q'}):r.toOuter({offset:0,length:r.text.length,content:'Q'}); return e.some((x:any)=>x.offset>=at) && e.every((x:any)=>x.offset>=at)}catch{return false}}
const py=readWithPyYaml(cases.flatMap(c=>[c.doc,c.after]))
let shown=0, ok=0, rewritten=0, pyskip=0; const per:any={}
cases.forEach((c,i)=>{
  const before:any=py[2*i], p:any=py[2*i+1]
  const s=readYaml(c.after)
  const get=(v:any)=>c.ptr.split('/').slice(1).reduce((x:any,k:string)=>x?.[k],v)
  const bad=(why:string)=>{ if(shown++<Number(args[2]??8)) console.log(why,JSON.stringify({doc:c.doc,edits:c.edits,value:c.value,want:c.want,after:c.after},null,0), 'problem' in s?s.problem:'', JSON.stringify(p).slice(0,300))}
  if('problem' in s) return bad('REFUSED')
  const expected=JSON.parse(readYaml(c.doc).json); const gotv=get(JSON.parse(s.json))
  if(gotv!==c.want) return bad('VALUE '+JSON.stringify(gotv))
  // everything else the same
  const a=s.view(new Map([[c.ptr,{json:'0',put(){return []},span(){return undefined}}]])).json
  const b=(readYaml(c.doc) as any).view(new Map([[c.ptr,{json:'0',put(){return []},span(){return undefined}}]])).json
  if(a!==b) return bad('OTHERS')
  if(!c.after.startsWith(c.head)||!c.after.endsWith(c.tail)) return bad('OUTSIDE')
  if('error' in before) {pyskip++}
  else { if(get(before.value)!==c.value) return bad('PYBEFORE '+JSON.stringify(get(before.value)))
   if('error' in p) return bad('PYERR '+p.error)
   if(get(p.value)!==c.want) return bad('PYVALUE '+JSON.stringify(get(p.value))) }
  try{ const o={uniqueKeys:false,logLevel:'silent'} as any; const yb=get(parse(c.doc,o)); if(yb===c.value){ let ya; try{ya=get(parse(c.after,o))}catch(e:any){return bad('STRICT '+e.message)} if(ya!==c.want) return bad('STRICTVALUE '+JSON.stringify(ya)) } }catch{}
  ok++; const st=c.style; per[st]??=[0,0]; per[st][0]++
  const len=c.outer.reduce((n:number,e:any)=>n+e.length,0); if(len>c.edits.reduce((n:number,e:any)=>n+e.length,0)+8) per[st][1]++
  if(applyEdits(c.after,invertEdits(c.doc,c.outer))!==c.doc) bad('INVERSE')
})
console.log({ok,shown,pyskip,per})
}

// An answer to a question as it can stand in a report: to 修补路面（第7行空着） a bare 350米 says 修补路面350米.

const OF_LINE = /^(.{2,40}?)（第\d+行/;
const FIGURE = /^[约近\d零一二两三四五六七八九十百千万几]/;

export function inWords(ask, said) {
  const about = OF_LINE.exec(ask);
  return about && FIGURE.test(said) && !said.includes(about[1].slice(0, 2)) ? about[1] + said : said;
}

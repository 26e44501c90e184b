import assert from 'node:assert/strict';
import { outcomeDocument } from '../../../../src/views/text/outcomeDocument.ts';

describe('a document of what became of something', () => {
  it('has its parts below its title, without tables that have no rows', () => {
    const text = outcomeDocument('Codes · Home', [
      'Today, 14:00.',
      { columns: ['Door', 'Code'], rows: [['Front Door', 'deleted']] },
      '',
      { columns: ['Door'], rows: [] },
    ]);
    assert.equal(text, '# Codes · Home\n\nToday, 14:00.\n\n| Door | Code |\n|---|---|\n| Front Door | deleted |\n');
  });

  it('takes no name for Markdown, HTML, a link or a cell', () => {
    const foreign =
      '*a* _b_ `c` [d](command:e) <img src=x> &amp; f|g ~h~ $i$ j@k.example https://l.example www.m.example \\ \n# n';
    const text = outcomeDocument('Title', [foreign]);
    assert.equal(
      text.split('\n')[2],
      String.raw`\*a\* \_b\_ \`c\` \[d\](command\:e) \<img src=x\> \&amp; f\|g \~h\~ \$i\$ j\@k\.example https\://l\.example www\.m\.example \\ # n`,
    );
    assert.equal(text.trimEnd().split('\n').length, 3);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proposeEdit, type ProposedEdit } from '../../src/vscode/proposedEdit.ts';

/** In the file `⟦` and `⟧` stand around the selection, `|` for the cursor. */
function check(name: string, file: string, code: string, expected: ProposedEdit): void {
  test(name, () => {
    const cursor = file.indexOf('|');
    const start = cursor >= 0 ? cursor : file.indexOf('⟦');
    const end = cursor >= 0 ? cursor : file.indexOf('⟧') - 1;
    assert.deepEqual(proposeEdit({ text: file.replace(/[|⟦⟧]/g, ''), start, end }, code), expected);
  });
}

check('a selection is replaced', 'a\n⟦b\n⟧c\n', 'x', { text: 'a\nx\nc\n', how: 'selection' });
check('a selection within a line stays in it', 'int a = ⟦1⟧;\n', '2\n', { text: 'int a = 2;\n', how: 'selection' });
check('a function of the same name is replaced, and nothing around it', 'int a;\nint read(void)\n{\n  if (a) { return 1; }\n  return 0;\n}\nint b;|\n', 'int read(void)\n{\n  return 2;\n}\n', { text: 'int a;\nint read(void)\n{\n  return 2;\n}\nint b;\n', how: 'functions' });
check('two functions are replaced in one go', '|static int f(int a) {\n  return a;\n}\n\nvoid g(void)\n{\n}\n', 'void g(void)\n{\n  f(1);\n}\nstatic int f(int a) {\n  return a + 1;\n}', { text: 'static int f(int a) {\n  return a + 1;\n}\n\nvoid g(void)\n{\n  f(1);\n}\n', how: 'functions' });
check('braces in texts and comments do not count', 'void f(void)\n{\n  puts("}"); // }\n  /* } */ c = \'}\';\n}\nint z;|\n', 'void f(void)\n{\n}', { text: 'void f(void)\n{\n}\nint z;\n', how: 'functions' });
check('a declaration is no function to replace', 'void f(void);\n|int z;\n', 'void f(void)\n{\n}', { text: 'void f(void);\nvoid f(void)\n{\n}\nint z;\n', how: 'inserted' });
check('a function that is there twice is not guessed at', '#if A\nvoid f(void) {\n}\n#else\nvoid f(void) {\n}\n#endif\n|', 'void f(void) {\n  g();\n}\n', { text: '#if A\nvoid f(void) {\n}\n#else\nvoid f(void) {\n}\n#endif\nvoid f(void) {\n  g();\n}\n', how: 'inserted' });
check('a whole file is replaced', '#define A_VALUE 1\n#define B_VALUE 2\n#define C_VALUE 3\n#define D_VALUE 4\n#define E_VALUE 5|\n', '#define A_VALUE 1\n#define B_VALUE 2\n#define C_VALUE 3\n#define D_VALUE 40\n#define E_VALUE 5', { text: '#define A_VALUE 1\n#define B_VALUE 2\n#define C_VALUE 3\n#define D_VALUE 40\n#define E_VALUE 5\n', how: 'file' });
check('other code goes in above the line of the cursor', 'int a;\n  int| b;\n', 'int c;', { text: 'int a;\nint c;\n  int b;\n', how: 'inserted' });
check('line breaks are the file\'s', 'int a;\r\nint| b;\r\n', 'int c;\nint d;', { text: 'int a;\r\nint c;\r\nint d;\r\nint b;\r\n', how: 'inserted' });
check('an empty file takes the code', '|', 'int c;\n', { text: 'int c;\n', how: 'inserted' });
check('a control statement is no function', '|int z;\n', 'else if (a) {\n}\n', { text: 'else if (a) {\n}\nint z;\n', how: 'inserted' });


// Which grammar reads a file: by its name, and of a `.h` by what only C++ has.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openTestParser } from './grammars.ts';

const parser = await openTestParser();
after(() => parser[Symbol.asyncDispose]());

function check(name: string, file: string, text: string, expected: 'c' | 'cpp'): void {
  test(name, () => { assert.equal(parser.parse(text, file).facts.language, expected); });
}

check('a .c file is C', 'a.c', 'class x;\n', 'c');
check('a .hpp file is C++', 'a.hpp', 'int x;\n', 'cpp');
check('a .h file is C', 'a.h', 'struct x { int a; };\n', 'c');
check('a .h file with a class is C++', 'a.h', 'class Port : public Base {\npublic:\n  int a;\n};\n', 'cpp');
check('a .h file with a namespace is C++', 'a.h', 'namespace drivers {\n  int a;\n}\n', 'cpp');
check('a .h file with a template is C++', 'a.h', 'template <typename T> struct Pin { T x; };\n', 'cpp');
check('a .h file that guards its C++ is C', 'a.h', '#ifdef __cplusplus\nclass Port { };\n#endif\nint x;\n', 'c');
check('a .h file that only speaks of classes is C', 'a.h', '/* the class of this { */\nint class_of(int x);\n', 'c');
check('an empty .h file is C', 'a.h', '', 'c');

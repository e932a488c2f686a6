// Include folders that project files name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseIncludePaths } from '../../../src/core/parse/includePaths.ts';

function check(name: string, file: string, text: string, expected: readonly string[]): void {
  test(name, () => { assert.deepEqual(parseIncludePaths(file, text), expected); });
}

check('folders of a compilation database, relative ones from its place', 'build/compile_commands.json', '[{"command": "cc -I/opt/sdk/inc -I../src -isystem /opt/cmsis/Include -c a.c"}]', ['/opt/sdk/inc', 'src', '/opt/cmsis/Include']);
check('each folder once', 'compile_commands.json', '[{"command": "cc -I/a -c a.c"}, {"command": "cc -I/a -c b.c"}]', ['/a']);
check('the includePath of the C++ extension, without its stars', '.vscode/c_cpp_properties.json', '{"configurations": [{"includePath": ["${workspaceFolder}/**", "${workspaceFolder}/../hal/inc", "/home/u/.platformio/packages/framework-cmsis/Include/**"]}]}', ['.', '../hal/inc', '/home/u/.platformio/packages/framework-cmsis/Include']);
check('what only another tool can fill in is left out', '.vscode/c_cpp_properties.json', '{"includePath": ["${env:SDK}/include", "${config:idf.espIdfPath}/components"]}', []);
check('Windows paths with their backslashes', '.vscode/c_cpp_properties.json', '{"includePath": ["C:\\\\ST\\\\Drivers\\\\CMSIS"]}', ['C:/ST/Drivers/CMSIS']);
check('SDKs of a CMake cache', 'build/CMakeCache.txt', 'CMAKE_BUILD_TYPE:STRING=Release\nPICO_SDK_PATH:PATH=/opt/pico-sdk\nZEPHYR_BASE:PATH=/z/zephyr\n', ['/opt/pico-sdk', '/z/zephyr']);
check('nothing in an empty or broken file', 'compile_commands.json', '[{"comm', []);

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSecrets } from '../../../src/core/dataset/secrets.ts';
import { redactPersonalData } from '../../../src/core/dataset/personalData.ts';

/** Which rules find something in a text; samples are put together here, so that no scanner takes this file for a leak. */
function check(name: string, text: string, expected: readonly string[]): void {
  test(name, () => { assert.deepEqual([...new Set(findSecrets(text).map(({ rule }) => rule))].sort(), [...expected].sort()); });
}

/** In two parts wherever a scanner looks for the whole. */
const parts = { privateKey: ['-----BEGIN RSA PRI', 'VATE KEY-----'].join(''), aws: ['AK', 'IAQZ7PX2LK9VTN4RBW'].join(''), gitHub: ['gh', 'p_'].join('') };
const random = 'q7Zp2LkV9xTn4RbW8sYd3Hf6Jm1Gc5Ua0EoQ';
check('a private key in a string', `"${parts.privateKey}\\n"`, ['private key']);
check('a public key is none', '-----BEGIN PUBLIC KEY-----', []);
check('an AWS key', `key ${parts.aws}`, ['AWS key']);
check('a GitHub token', `token ${parts.gitHub}${random}`, ['GitHub token']);
check('a password in an address', `git clone https://bot:${random.slice(0, 9)}@git.acme.org/fw`, ['password in an address']);
check('a define of a Wi-Fi password', '#define WIFI_PASSWORD "hunter2-Garage"', ['credential in code']);
check('a configuration line', `api_key = ${random}`, ['credential in configuration']);
check('a LoRaWAN key as bytes', `static const uint8_t AppKey[16] = { ${Array.from({ length: 16 }, (_, index) => `0x${random.charCodeAt(index).toString(16)}`).join(', ')} };`, ['key bytes']);
check('a placeholder', '#define WIFI_PASSWORD "your_password"', []);
check('a test vector that counts', `static const uint8_t aes_key[16] = { ${Array.from({ length: 16 }, (_, index) => `0x${index.toString(16)}`).join(', ')} };`, []);
check('a message about a password', 'printf("password wrong\\n"); const char *token = strtok(line, ",");', []);
check('a key register of a chip', 'IWDG->KR = 0xCCCC; FLASH->KEYR = 0x45670123;', []);

/** A text with marks in the place of what names a person. */
function checkRedacted(name: string, text: string, expected: string): void {
  test(name, () => { assert.equal(redactPersonalData(text).text, expected); });
}

checkRedacted('a mail address', 'Ask jane.doe@acme.org for it.', 'Ask <email> for it.');
checkRedacted('an author tag keeps its name, not the person', ' * @author Jane Doe', ' * @author <name>');
checkRedacted('a sign-off goes as a whole', 'Fix it\n\nSigned-off-by: Jane Doe <j@acme.org>\n', 'Fix it\n\n');
checkRedacted('a home folder', 'in /home/jdoe/fw/main.c', 'in /home/<user>/fw/main.c');
checkRedacted('a public address, not one of a home network or a version', '93.184.216.34 192.168.1.20 v1.2.3.4', '<ip> 192.168.1.20 v1.2.3.4');
checkRedacted('a copyright keeps its year', '(c) 2019 Jane Doe', '(c) 2019 <name>');

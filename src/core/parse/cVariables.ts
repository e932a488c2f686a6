import { declaratorsOf, readSpecifiers, typeText } from './cDeclarators.ts';
import { noNode, oneLine, startLine, type CTree } from './cTree.ts';
import type { VariableFact } from './facts.ts';

/** A declared variable with the nodes that later steps look at. */
export interface DeclaredVariable {
  readonly fact: VariableFact;
  readonly isArray: boolean;
  /** The initialiser's node. */
  readonly value: number;
}

/** Tables of pointers and structs are kept this far: they say which registers are reached through them. */
const mostInitializer = 2000;

/** Numbers and texts, of which nobody asks what they hold. */
function isData(type: string): boolean {
  return !type.includes('*') && /\b(u?int\d*_t|char|float|double|bool|_Bool|short|long|int|unsigned|u8|u16|u32)\b/.test(type);
}

/** The variables of a declaration: prototypes and typedefs are none. */
export function readVariables(tree: CTree, node: number, functionName: string | undefined): DeclaredVariable[] {
  const declarators = declaratorsOf(tree, node).filter(({ shape }) => shape !== 'function');
  if (declarators.length === 0) return [];
  const specifiers = readSpecifiers(tree, node);
  return declarators.map(declarator => {
    const isPointer = declarator.shape === 'pointer' || declarator.stars !== '';
    return {
      isArray: declarator.shape === 'array', value: declarator.value,
      fact: {
        name: declarator.name, type: typeText(specifiers, declarator), line: startLine(tree, declarator.node),
        ...(functionName !== undefined && { function: functionName }),
        isStatic: specifiers.isStatic, isExtern: specifiers.isExtern,
        // `volatile T *p` points at volatile data; the pointer itself is volatile in `T *volatile p` only.
        isVolatile: isPointer ? declarator.isVolatilePointer : specifiers.isVolatile,
        isConst: isPointer ? declarator.isConstPointer : specifiers.isConst,
        ...(declarator.value !== noNode && { initializer: oneLine(tree, declarator.value, isData(typeText(specifiers, declarator)) ? 200 : mostInitializer) }),
      },
    };
  });
}

"""Prints what the package cmsis-svd reads from one SVD file, for test/reference.

    python svdReference.py < FILE

One JSON array a line: first the device, then its peripherals, each followed by its registers with every array
unfolded. Numbers are hexadecimal texts, so that both sides of the comparison write a line alike. The package's own
get_registers() loses the offsets and names of outer clusters; the tree it built has them, so this walks the tree.
"""
import contextlib
import json
import sys
from typing import NamedTuple

from cmsis_svd.model import SVDRegister, SVDRegisterCluster
from cmsis_svd.parser import SVDParser


def main():
    # The parser prints warnings about access texts to stdout.
    with contextlib.redirect_stdout(sys.stderr):
        device = SVDParser.for_xml_file(sys.stdin.buffer).get_device()
    write(['device', device.name, device.vendor, device.series, device.version, device.address_unit_bits, device.width, cpu_of(device.cpu)])
    for peripheral in device.get_peripherals():
        write(['peripheral', peripheral.name, hexadecimal(peripheral.base_address), peripheral.group_name, peripheral.prepend_to_name, peripheral.append_to_name,
               peripheral.header_struct_name, peripheral.disable_condition, [address_block(block) for block in peripheral.address_blocks or []],
               sorted([interrupt.value, interrupt.name] for interrupt in peripheral.interrupts or [])])
        for node in peripheral.registers or []:
            walk(node, Place(peripheral.prepend_to_name or '', '', peripheral.base_address))


class Place(NamedTuple):
    """Where a cluster stands: the peripheral's prefix, which the package puts before the innermost name, the names and the address so far."""
    prepended: str
    names: str
    address: int


def walk(node, place):
    """Writes a register, or every register of a cluster or of an array."""
    elements = node.registers if hasattr(node, 'meta_register') else node.clusters if hasattr(node, 'meta_cluster') else None
    if elements is not None:
        for element in elements:
            walk(element, place)
    elif isinstance(node, SVDRegister):
        write_register(node, place)
    elif isinstance(node, SVDRegisterCluster):
        # The package has already put the innermost cluster's name and offset into its registers.
        for child in node.registers:
            walk(child, place)
        for child in node.clusters:
            walk(child, Place(place.prepended, f'{place.names}{node.name}_', place.address + node.address_offset))


def write_register(register, place):
    name = (register.name or '').removeprefix(place.prepended)
    fields = [field_of(field) for field in register.get_fields()]
    write(['register', place.prepended + place.names + name, hexadecimal(place.address + register.address_offset), register.size, access(register.access),
           hexadecimal(register.reset_value), hexadecimal(register.reset_mask), fields])


def field_of(field):
    values = [enumerated_value(block, value) for block in field.enumerated_values or [] for value in block.enumerated_values]
    return [field.name, field.bit_offset, 1 if field.bit_width is None else field.bit_width, access(field.access),
            field.modified_write_values.value if field.modified_write_values else None, field.read_action.value if field.read_action else None, values]


def enumerated_value(block, value):
    usage = block.usage.value if block.usage else 'read-write'
    return [value.name, hexadecimal(value.value), usage, bool(value.is_default)]


def address_block(block):
    return [hexadecimal(block.offset), hexadecimal(block.size), block.usage.value if block.usage else None]


def cpu_of(cpu):
    if cpu is None:
        return None
    return [cpu.name.value, cpu.revision, cpu.endian.value if cpu.endian else None, cpu.mpu_present, cpu.fpu_present, cpu.fpu_dp, cpu.icache_present, cpu.dcache_present, cpu.itcm_present,
            cpu.dtcm_present, cpu.vtor_present, cpu.nvic_prio_bits, cpu.vendor_systick_config, cpu.device_num_interrupts, cpu.sau_num_regions]


def access(value):
    return value.value if value else None


def hexadecimal(value):
    return None if value is None else f'0x{value:X}'


def write(line):
    print(json.dumps(clean(line), ensure_ascii=False, separators=(',', ':')))


def clean(value):
    """Blanks at the ends and line breaks belong to a file's layout."""
    if isinstance(value, str):
        return ' '.join(value.split())
    return [clean(item) for item in value] if isinstance(value, list) else value


main()

// Gates whose field is named otherwise than the peripheral, in vendors' own files.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { peripheralClock } from '../../../src/core/manual/clockGates.ts';
import { parsePeripherals, peripheralText } from '../parse/svdDevice.ts';

/** `REGISTER.FIELD` of RCC, or `CONTROLLER.REGISTER.FIELD` of another part, feeds the peripheral, or none does; `says`: what is told of the gate. */
function check(gate: string, peripheral: string, isFed: boolean, { part = 'STM32F407', says }: { readonly part?: string; readonly says?: RegExp } = {}): void {
  test(`${part}: ${gate} ${isFed ? 'feeds' : 'does not feed'} ${peripheral}`, () => {
    const [field = '', register = '', owner = 'RCC'] = gate.split('.').reverse();
    const controller = peripheralText(`<register><name>${register}</name><addressOffset>0</addressOffset><fields><field><name>${field}</name><bitOffset>0</bitOffset><bitWidth>1</bitWidth></field></fields></register>`).replace('<name>P</name>', `<name>${owner}</name>`);
    const fed = peripheralText('<register><name>CR</name><addressOffset>0</addressOffset></register>').replace('<name>P</name>', `<name>${peripheral}</name>`).replaceAll('0x40000000', '0x50000000');
    const { device } = parsePeripherals(controller + fed);
    assert.ok(device);
    const chip = { ...device, name: part };
    const found = chip.peripherals.find(({ name }) => name === peripheral);
    assert.ok(found);
    assert.deepEqual(peripheralClock(chip, found)?.bits.map(({ path }) => path) ?? [], isFed ? [`${owner}.${register}.${field}`] : []);
    if (says !== undefined) assert.match(peripheralClock(chip, found)?.text ?? '', says);
  });
}

check('APB1ENR.USART2EN', 'USART2', true);
check('APB1ENR.USART2EN', 'USART3', false);
check('APB1ENR.CAN2EN', 'CAN2', true, { says: /CAN1, whose clock \(CAN1EN\) must be on too/ });
check('RESETS.RESET.UART0', 'UART0', true, { part: 'RP2040', says: /stays in reset until software clears the bit/ });
check('RESETS.RESET.UART0', 'SIO', false, { part: 'RP2040', says: /^$/ });
check('APB1ENR.UART7ENR', 'UART7', true);
check('APB2ENR.SPI4ENR', 'SPI4', true);
check('APB2ENR.SYSCFGEN', 'SYSCFG_COMP_OPAMP', true);
check('AHBENR.GPIOPCEN', 'GPIOC', true);
check('AHBENR.GPIOPCEN', 'GPIOP', false);
check('AHB3ENR.OSPI2EN', 'OCTOSPI2', true);
check('APB1ENR1.SP3EN', 'SPI3', true);
check('APB1ENR.LPTMI1EN', 'LPTIM1', true);
check('APB1ENR.I2CFMP1EN', 'FMPI2C', true);
check('AHBENR.TOUCHEN', 'TSC', true);
check('AHB1ENR.GTZCEN', 'GTZC_TZSC', true);
check('CPU.PRR.PRTIM1', 'TC1', true, { part: 'ATmega328P', says: /^Clock off while 1: CPU\.PRR\.PRTIM1\.$/ });
check('CPU.PRR0.PRTWI', 'TWI', true, { part: 'ATmega2560' });
check('CPU.PRR0.PRTWI0', 'TWI1', false, { part: 'ATmega328PB' });
check('CPU.PRR1.PRUSB', 'USB_DEVICE', true, { part: 'ATmega32U4' });
check('CPU.PRR.PRUSART0', 'USART', true, { part: 'ATtiny104' });
check('PCR.UART0_SCLK_CONF.UART0_SCLK_EN', 'UART0', true, { part: 'ESP32-C6' });
check('PCR.UART0_CONF.UART0_CLK_EN', 'UART0', true, { part: 'ESP32-C6' });
check('PCR.SARADC_CLKM_CONF.SARADC_CLKM_EN', 'APB_SARADC', true, { part: 'ESP32-C6' });
check('PCR.I2S_TX_CLKM_CONF.I2S_TX_CLKM_EN', 'I2S0', true, { part: 'ESP32-C6' });
check('PCR.SYSTIMER_FUNC_CLK_CONF.SYSTIMER_FUNC_CLK_EN', 'SYSTIMER', true, { part: 'ESP32-C6' });
check('SYSCON.PCONP.PCTIM0', 'TIMER0', true, { part: 'LPC176x5x' });
check('SYSCON.SYSAHBCLKCTRL.SSP0', 'SPI0', true, { part: 'LPC1114' });
check('SYSCON.AHBCLKCTRL1.FC3', 'I2C3', true, { part: 'LPC5502' });
check('CMU.HFPERCLKEN0.USART1', 'USART1', true, { part: 'EFM32GG990F1024' });
check('SCU_CLK.CGATCLR0.CCU40', 'CCU40_CC41', true, { part: 'XMC4800' });
check('MSTP.MSTPCRB.MSTPB22', 'SCI9', true, { part: 'R7FA4M1AB', says: /^Clock off while 1:/ });
check('MSTP.MSTPCRB.MSTPB31', 'SCI0', true, { part: 'R7FA4M1AB' });
check('RCU.APB1EN.CAN0EN', 'CAN', true, { part: 'GD32F10x_HD' });
check('RCU.APB1EN.LPUSARTEN', 'LPUART', true, { part: 'GD32L23x' });
check('APB1ENR1.LPTIM1EN', 'LPTIMER1', true, { part: 'STM32G474xx' });
check('DPORT.PERIP_CLK_EN.TWAI_CLK_EN', 'TWAI0', true, { part: 'ESP32' });
check('SIM.SCGC6.I2S', 'I2S0', true, { part: 'MK21D5' });

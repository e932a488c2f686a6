/**
 * Terms of the field that stand for each other, English and Chinese: each line is one idea. A question that holds one
 * of them is searched for the others, too. Chinese terms are found anywhere in a run, English ones as whole words.
 */
const groups: readonly string[] = [
  'interrupt irq isr handler irqhandler 中断 中断服务 中断处理',
  'register reg 寄存器',
  'uart usart serial 串口 串行口',
  'clock clk rcc pll 时钟',
  'timer tim 定时器 计时器',
  'counter cnt count 计数器 计数',
  'prescaler psc divider 分频 预分频',
  'gpio pin port 引脚 管脚 端口',
  'dma stream channel 直接存储器访问',
  'buffer fifo ring queue 缓冲 缓冲区 缓存区 队列',
  'flag status sr 标志 标志位 状态',
  'enable en 使能 启用 打开',
  'disable off 禁用 禁止 关闭',
  'clear reset 清除 清零',
  'reset rst 复位',
  'baud baudrate brr 波特率',
  'receive rx read 接收 读取',
  'transmit tx send write 发送 传输',
  'spi 串行外设接口',
  'i2c iic twi i2s_scl sda scl',
  'can bxcan fdcan can总线',
  'adc analog conversion 模数转换 模拟 采样',
  'dac 数模转换',
  'pwm duty 脉宽调制 占空比',
  'watchdog iwdg wwdg wdt 看门狗',
  'flash eeprom nvm 闪存',
  'memory ram sram 内存 存储器',
  'stack 栈 堆栈',
  'heap malloc 堆 动态内存',
  'linker ld section 链接 链接脚本',
  'vector vectors nvic 向量 向量表 中断向量',
  'priority nvic 优先级',
  'overrun ore overflow 溢出 丢失 丢数据',
  'error err fault 错误 故障',
  'hardfault fault exception 硬件错误 异常',
  'delay wait sleep 延时 延迟 等待',
  'sleep stop standby lowpower power 低功耗 睡眠 休眠',
  'bootloader boot startup 启动 引导',
  'initialize init setup configure config 初始化 配置 设置',
  'volatile shared race atomic 共享变量 竞争 原子',
  'mutex semaphore lock critical 互斥 信号量 临界区',
  'task thread rtos 任务 线程',
  'button key exti 按键 外部中断',
  'led light 灯 指示灯',
  'temperature sensor 温度 传感器',
  'usb otg cdc',
  'ethernet eth mac phy 以太网',
  'rtc calendar 实时时钟 日历',
  'crc checksum 校验',
  'debug swd jtag swo 调试',
  'address base offset 地址 偏移',
  'bit field mask 位 位域 掩码',
  'macro define 宏 宏定义',
  'function 函数',
  'variable 变量',
  'peripheral 外设',
];

/** English words that say nothing about what is asked. */
const emptyWords = new Set(('a an and any are as at be by can could did do does done for from get gets give has have how i if in into is it its me my no not of on or our '
  + 'out please set shall should show so some tell than that the their them then there these they this to use used using was we were what when where which who why will with would you your').split(' '));

const parsedGroups = groups.map(group => group.split(' '));

/** Words for the ideas a question names, in its other words: without those it holds already. */
export function synonymsOf(question: string, words: readonly string[]): string[] {
  const held = new Set(words);
  const matches = (term: string) => /^[\x21-\x7e]+$/.test(term) ? held.has(term) || held.has(`${term}s`) : question.includes(term);
  const found = parsedGroups.filter(group => group.some(matches)).flat();
  return [...new Set(found)].filter(term => !held.has(term));
}

/** The words without those that say nothing. */
export function meaningful(words: readonly string[]): string[] {
  return words.filter(word => !emptyWords.has(word));
}

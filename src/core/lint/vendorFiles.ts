/** Folders of chip vendors, kernels and generated start-up code: what is wrong there is not the project's to mend. */
const vendorFolders = /(^|\/)(CMSIS(_[56])?|STM32\w+_(HAL|LL|StdPeriph|SPL)[\w.-]*|STM32\w*_?Drivers?|stm32\w+-hal-driver|cmsis[-_]device[-_]\w+|STM32_USB\w*|libopencm3|FreeRTOS(-Kernel|-LTS)?|FreeRTOS\w*\/Source|pico-sdk|esp-idf|nrfx|modm|ChibiOS[\w.-]*|\w*stdperiph\w*|GD32\w*_(standard_peripheral|usbfs|usb)\w*|NMSIS|ThreadX|threadx|mbed-os|zephyr|hal_[a-z]+|managed_components|third[-_]party|vendor|\w*[-_]?sdk|SoC|node_modules|\.pio)\//i;

/** Generated or delivered with the chip, wherever it lies. */
const vendorNames = /(^|\/)(system_\w+\.c|stm32\w+_(hal|ll)_(?!conf|msp)\w+\.[ch]|stm32[a-z]\d\w*_(?!it\.|conf\.|hal_conf|hal_msp|\w*(discovery|eval|nucleo))[a-z]\w*\.[ch]|core_cm\w+\.h|(ch32|gd32|at32|apm32|n32|hk32)\w+_(?!it\.|conf\.|hal_conf)[a-z]\w*\.[ch]|cmsis_\w+\.h)$/i;

/** A file that a vendor wrote, by its folder or name. */
export function isVendorFile(file: string): boolean {
  return vendorFolders.test(file) || vendorNames.test(file);
}

// A QR code as rows of 0 and 1, for the screen to draw.
import qrcode from 'qrcode-generator';

// Version 40 at the lowest correction holds 2,953 bytes; beyond that there is no code.
const MOST_BYTES = 2953;

export function qrRows(text: string): string {
  if (text.length > MOST_BYTES) return '';
  const code = qrcode(0, 'L');
  code.addData(text, 'Byte');
  code.make();
  const size = code.getModuleCount();
  let rows = '';
  for (let y = 0; y < size; ++y) {
    for (let x = 0; x < size; ++x) rows += code.isDark(y, x) ? '1' : '0';
    rows += '\n';
  }
  return rows;
}

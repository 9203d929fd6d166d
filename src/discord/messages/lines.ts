/** As many whole lines as fit into `maxLength` UTF-16 units; an ellipsis stands for the others. */
export function cutLines(lines: readonly string[], maxLength: number): string {
  const whole = lines.join('\n');
  if (whole.length <= maxLength) return whole;
  const kept: string[] = [];
  let length = 1;
  for (const line of lines) {
    length += line.length + 1;
    if (length > maxLength) break;
    kept.push(line);
  }
  return [...kept, '…'].join('\n');
}

import { describe, expect, it } from 'vitest';
import { Keyboard } from './composer-keyboard.ts';

const shown = ({ filling }: Keyboard) =>
  filling.fields.map(({ option, text, problem }) => [option.name, text, ...(problem ? [problem] : [])]);

describe('the search for a command', () => {
  it('begins with a slash and ends when it is taken away', () => {
    const box = new Keyboard().type('/ex');
    expect(box.list).toEqual(['[extend]']);
    expect(box.press('Backspace', 'Backspace', 'Backspace').state).toMatchObject({
      mode: 'message',
      text: '',
    });
  });

  it('goes round by the arrow keys', () => {
    const box = new Keyboard().type('/persona');
    expect(box.list).toEqual(['[persona create]', 'persona list']);
    expect(box.press('ArrowDown').list).toEqual(['persona create', '[persona list]']);
    expect(box.press('ArrowDown').list).toEqual(['[persona create]', 'persona list']);
    expect(box.press('ArrowUp').list).toEqual(['persona create', '[persona list]']);
  });

  it.each(['Enter', 'Tab'])('takes the command by %s', (key) => {
    expect(new Keyboard().type('/cre').press(key).filling.command.name).toBe('create');
  });

  it('takes the command by a space after its name', () => {
    expect(new Keyboard().type('/persona list ').filling.command.name).toBe('persona list');
  });

  it('closes by Escape, and what was typed is a message', () => {
    const box = new Keyboard().type('/cre').press('Escape');
    expect(box.list).toEqual([]);
    expect(box.call).toMatchObject({ call: { kind: 'say', content: '/cre' } });
  });

  it('takes a text of several lines for a message', () => {
    expect(new Keyboard().dispatch({ type: 'write', text: '/me\nand you' }).state.mode).toBe('message');
  });
});

describe('a command that is filled in', () => {
  it('has its required options there, the first one in use, and offers the others', () => {
    const box = new Keyboard().type('/create ').type('the sea');
    expect(shown(box)).toEqual([['prompt', 'the sea']]);
    expect(box.press('Tab').list).toEqual(['tags', 'title', 'instrumental', 'engine']);
  });

  it('adds an option by the beginning of its name, and sends it all', () => {
    const box = new Keyboard()
      .type('/create ')
      .type('the sea')
      .press('Tab')
      .type('ti')
      .press('Tab')
      .type('Sea');
    expect(box.call).toEqual({
      call: { kind: 'command', command: 'create', values: { prompt: 'the sea', title: 'Sea' } },
    });
  });

  it('shows the name of a choice and sends its value', () => {
    const box = new Keyboard().type('/create ').type('sea').press('Tab').type('eng').press('Enter');
    expect(box.list).toEqual(['[Sonic]', 'Producer']);
    expect(shown(box.press('ArrowDown', 'Enter'))).toEqual([
      ['prompt', 'sea'],
      ['engine', 'Producer'],
    ]);
    expect(box.list).toEqual([]);
    expect(box.call).toMatchObject({ call: { values: { engine: 'producer' } } });
  });

  it('says beside each field what is wrong, and goes to the first of them', () => {
    const box = new Keyboard()
      .type('/create ')
      .press('Tab')
      .type('title')
      .press('Enter')
      .type('x'.repeat(81));
    expect(shown(box.press('Enter'))).toEqual([
      ['prompt', '', 'prompt is required.'],
      ['title', 'x'.repeat(81), 'At most 80 characters; these are 81.'],
    ]);
    expect(box.filling.focused).toBe('prompt');
    expect(shown(box.type('sea'))[0]).toEqual(['prompt', 'sea']);
  });

  it('keeps everything when it is refused', () => {
    const box = new Keyboard().type('/create ').type('the sea');
    box.dispatch({ type: 'sending' }).dispatch({ type: 'refused', problem: 'Not here.' });
    expect(box.state).toMatchObject({ problem: 'Not here.', isSending: false });
    expect(shown(box)).toEqual([['prompt', 'the sea']]);
  });

  it('is left by Escape, and comes back with what stood in it', () => {
    const box = new Keyboard().type('/create ').type('the sea').press('Escape');
    expect(box.state).toMatchObject({ mode: 'message', text: '' });
    expect(shown(box.type('/create '))).toEqual([['prompt', 'the sea']]);
  });

  it('closes an open list by Escape before it is left', () => {
    const box = new Keyboard().type('/library ').type('owner').press('Enter');
    expect(box.list).toEqual(['[Anna]']);
    expect(box.press('Escape').list).toEqual([]);
    expect(box.filling.command.name).toBe('library');
    expect(box.press('Escape').state.mode).toBe('message');
  });

  it('loses an empty option, and then the command, by Backspace', () => {
    const box = new Keyboard().type('/create ').press('Tab').type('tags').press('Enter', 'Backspace');
    expect(shown(box)).toEqual([['prompt', '']]);
    expect(box.press('Backspace').state).toMatchObject({ mode: 'search', text: '/create' });
  });

  it('empties a required option instead of removing it', () => {
    const box = new Keyboard().type('/create ').type('sea').dispatch({ type: 'remove', option: 'prompt' });
    expect(shown(box)).toEqual([['prompt', '']]);
  });

  it('is gone when it was sent, and kept at hand when nobody answered', () => {
    const box = new Keyboard();
    box
      .type('/create ')
      .type('sea')
      .dispatch({ type: 'sending' })
      .dispatch({ type: 'sent', isAnswered: false, files: [] });
    expect(shown(box.type('/create '))).toEqual([['prompt', 'sea']]);
    box.dispatch({ type: 'sending' }).dispatch({ type: 'sent', isAnswered: true, files: [] });
    expect(shown(box.type('/create '))).toEqual([['prompt', '']]);
  });

  it('leaves alone what was begun before it was sent', () => {
    const box = new Keyboard().type('/create ').type('sea').dispatch({ type: 'sending' });
    box.press('Escape').type('hello').dispatch({ type: 'sent', isAnswered: true, files: [] });
    expect(box.state).toMatchObject({ mode: 'message', text: 'hello' });
  });
});

describe('suggestions of the bot', () => {
  const answer = (text: string, ...names: readonly string[]) =>
    ({
      type: 'answered',
      option: 'clip',
      text,
      choices: names.map((name) => ({ name, value: `id of ${name}` })),
    }) as const;

  it('are asked for at once, and again after every change', () => {
    const box = new Keyboard().type('/extend ');
    expect(box.filling.asked).toMatchObject({ option: 'clip', text: '', state: 'asking' });
    expect(box.type('ni').filling.asked).toMatchObject({ text: 'ni', state: 'asking' });
  });

  it('are shown by their names and sent by their values', () => {
    const box = new Keyboard().type('/extend ').dispatch(answer('', 'Night Sea', 'Morning'));
    expect(box.list).toEqual(['[Night Sea]', 'Morning']);
    expect(shown(box.press('Enter'))).toEqual([['clip', 'Night Sea']]);
    expect(box.call).toMatchObject({ call: { values: { clip: 'id of Night Sea' } } });
    expect(box.filling.asked).toBeUndefined();
  });

  it('are dropped when they answer an earlier text', () => {
    const box = new Keyboard().type('/extend ').type('n').dispatch(answer('', 'Morning'));
    expect(box.list).toEqual([]);
    expect(box.dispatch(answer('n', 'Night Sea')).list).toEqual(['[Night Sea]']);
  });

  it('stay while the bot is asked again, but Enter sends what was typed', () => {
    const box = new Keyboard().type('/extend ').dispatch(answer('', 'Night Sea')).type('n');
    expect(box.list).toEqual(['Night Sea']);
    expect(box.press('Enter').call).toMatchObject({ call: { values: { clip: 'n' } } });
  });

  it('are chosen by their whole name before the first one', () => {
    const box = new Keyboard()
      .type('/extend ')
      .type('sea')
      .dispatch(answer('sea', 'Night Sea', 'Sea'));
    expect(box.list).toEqual(['Night Sea', '[Sea]']);
  });

  it('say why there are none', () => {
    const box = new Keyboard().type('/extend ');
    box.dispatch({ type: 'unanswered', option: 'clip', text: '', problem: 'The bot did not answer.' });
    expect(box.state.problem).toBe('The bot did not answer.');
    expect(box.filling.asked?.state).toBe('failed');
  });
});

describe('files', () => {
  const tune = new File(['la'], 'tune.wav');

  it('are attached to a message and sent with it', () => {
    const box = new Keyboard().type('listen').dispatch({ type: 'attach', files: [tune] });
    expect(box.call).toEqual({ call: { kind: 'say', content: 'listen', files: [tune] } });
    expect(box.dispatch({ type: 'detach', file: tune }).state.files).toEqual([]);
  });

  it('stay when they were attached while others were sent', () => {
    const later = new File(['la'], 'later.wav');
    const box = new Keyboard().dispatch({ type: 'attach', files: [tune] }).dispatch({ type: 'sending' });
    box.dispatch({ type: 'attach', files: [later] });
    expect(box.dispatch({ type: 'sent', isAnswered: true, files: [tune] }).state.files).toEqual([later]);
  });

  it('go into the option that takes one', () => {
    const box = new Keyboard().type('/upload ').dispatch({ type: 'attach', files: [tune] });
    expect(box.call).toEqual({ call: { kind: 'command', command: 'upload', values: { file: tune } } });
  });

  it('are refused by a command that takes none', () => {
    const box = new Keyboard().type('/create ').dispatch({ type: 'attach', files: [tune] });
    expect(box.state.problem).toBe('/create takes no files.');
  });

  it('wait while a command is used', () => {
    const box = new Keyboard().dispatch({ type: 'attach', files: [tune] }).type('/persona list ');
    box.dispatch({ type: 'sending' }).dispatch({ type: 'sent', isAnswered: true, files: [] });
    expect(box.state.files).toEqual([tune]);
  });
});

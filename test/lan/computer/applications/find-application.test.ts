import { describe, expect, it } from 'vitest';
import type { Application } from '../../../../src/lan/computer/applications/application.js';
import { findApplication } from '../../../../src/lan/computer/applications/find-application.js';

function application(name: string, facts: Partial<Application> = {}): Application {
  return { name, names: [name], ids: [], genericNames: [], start: { program: `/bin/${name}`, args: [] }, ...facts };
}

const installed = [
  application('Files', {
    names: ['Files', '文件'],
    ids: ['org.gnome.Nautilus', 'Nautilus'],
    genericNames: ['File Manager'],
  }),
  application('Google Chrome', { ids: ['google-chrome'], genericNames: ['Web Browser', '网络浏览器'] }),
  application('Firefox ESR', { ids: ['firefox-esr'], genericNames: ['Web Browser'] }),
  application('Visual Studio Code', { ids: ['code'] }),
  application('LibreOffice Writer', { genericNames: ['Word Processor'] }),
  application('LibreOffice Calc'),
  application('WeChat', { names: ['WeChat', '微信'] }),
  application('网易云音乐'),
  application('C++ Builder'),
];

const find = (said: string): string => {
  const found = findApplication(installed, said);
  return found.ok ? found.value.name : found.error;
};

describe('findApplication', () => {
  it.each([
    ['files', 'Files'],
    ['文件', 'Files'],
    ['nautilus', 'Files'],
    ['File manager', 'Files'],
    ['chrome', 'Google Chrome'],
    ['the Google-Chrome app', 'Google Chrome'],
    ['firefox', 'Firefox ESR'],
    ['VisualStudioCode', 'Visual Studio Code'],
    ['code', 'Visual Studio Code'],
    ['writer', 'LibreOffice Writer'],
    ['微信应用', 'WeChat'],
    ['ＷｅＣｈａｔ', 'WeChat'],
    ['云音乐', '网易云音乐'],
    ['网络浏览器', 'Google Chrome'],
  ])('%s is %s', (said, name) => {
    expect(find(said)).toBe(name);
  });

  it('asks where several fit', () => {
    expect(find('web browser')).toBe(
      'Several applications fit "web browser": Google Chrome, Firefox ESR. Say which one.',
    );
    expect(find('LibreOffice')).toContain('LibreOffice Writer, LibreOffice Calc');
  });

  it('names the nearest for an unknown one, and never guesses', () => {
    expect(find('Fierfox ESR')).toMatch(/^No application "Fierfox ESR" is installed.* The nearest are Firefox ESR, /);
    expect(find('fils')).toContain('The nearest are Files');
    for (const said of ['rm -rf /', '$(reboot)', '/bin/sh', 'sh', '--help', '../../bin/sh', 'C', 'le']) {
      expect(find(said)).toMatch(/^No application/);
    }
    expect(find('"; $()')).toBe('No application ""; $()" is installed on this computer.');
    expect(findApplication([], 'files')).toMatchObject({ ok: false });
  });

  it('takes one application that is listed twice for one', () => {
    const twice = [application('Files'), application('Files')];
    expect(findApplication(twice, 'files')).toMatchObject({ ok: true });
  });

  it('stands a very long name', () => {
    expect(find('x'.repeat(100_000)).length).toBeLessThan(300);
  });
});

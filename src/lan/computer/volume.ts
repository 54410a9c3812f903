import type { Command } from './command.js';
import { OSASCRIPT, osascript } from './osascript.js';
import { powershell, powershellOf } from './powershell.js';
import type { ComputerSurroundings } from './surroundings.js';

/** What a program says of the volume: `level` in percent (over 100 where the sound is amplified). */
export interface VolumeState {
  readonly level: number;
  readonly isMuted: boolean;
}

/** A program that sets and tells the volume of the output in use, as commands. */
export interface VolumeControl {
  /** "wpctl", "pactl"... */
  readonly name: string;
  set(level: number): Command;
  readonly get: Command;
  /** Null where the output is not of the expected form: there is no sound, or it has no volume. */
  parse(printed: string): VolumeState | null;
}

/** The programs for the volume on this computer, best first; whether a sound server answers them is not known yet. */
export function volumeControlsOf(surroundings: ComputerSurroundings): readonly VolumeControl[] {
  if (surroundings.platform === 'darwin') return surroundings.has(OSASCRIPT) ? [macVolume] : [];
  if (surroundings.platform === 'win32') {
    return surroundings.has(powershellOf(surroundings)) ? [windowsVolume(surroundings)] : [];
  }
  const controls = { wpctl: pipewireVolume, pactl: pulseVolume, amixer: alsaVolume };
  return Object.entries(controls).flatMap(([name, control]) => {
    const program = surroundings.find(name);
    return program ? [control(program)] : [];
  });
}

/** What is parsed is asked for in English. */
const ENGLISH = { LC_ALL: 'C' };

function pipewireVolume(program: string): VolumeControl {
  const command = (...args: readonly string[]): Command => ({ program, args, env: ENGLISH });
  return {
    name: 'wpctl',
    set: (level) => command('set-volume', '@DEFAULT_AUDIO_SINK@', (level / 100).toFixed(2)),
    get: command('get-volume', '@DEFAULT_AUDIO_SINK@'),
    // "Volume: 0.40 [MUTED]"
    parse: (printed) => {
      const level = /^Volume: (\d+(?:\.\d+)?)/m.exec(printed)?.[1];
      return stateOf(level === undefined ? undefined : Number(level) * 100, printed.includes('[MUTED]'));
    },
  };
}

function pulseVolume(program: string): VolumeControl {
  const command = (...args: readonly string[]): Command => ({ program, args, env: ENGLISH });
  return {
    name: 'pactl',
    set: (level) => command('set-sink-volume', '@DEFAULT_SINK@', `${Math.round(level)}%`),
    get: command('get-sink-volume', '@DEFAULT_SINK@'),
    // "Volume: front-left: 26214 /  40% / -23.88 dB,   front-right: ..."; of muting pactl tells in another command.
    parse: (printed) => stateOf(/\/\s*(\d+)%\s*\//.exec(printed)?.[1], false),
  };
}

/** `-M`: the scale that ears and other mixers use, not the hardware's raw steps. */
function alsaVolume(program: string): VolumeControl {
  const command = (...args: readonly string[]): Command => ({ program, args: ['-M', ...args], env: ENGLISH });
  return {
    name: 'amixer',
    set: (level) => command('sset', 'Master', `${Math.round(level)}%`),
    get: command('sget', 'Master'),
    // "Front Left: Playback 39 [45%] [-36.00dB] [on]"
    parse: (printed) => stateOf(/\[(\d+)%\]/.exec(printed)?.[1], printed.includes('[off]')),
  };
}

export const macVolume: VolumeControl = {
  name: 'osascript',
  set: (level) => osascript(['set volume output volume ((item 2 of argv) as integer)'], [String(Math.round(level))]),
  get: osascript([
    'set now to get volume settings',
    'return ((output volume of now) as text) & " " & ((output muted of now) as text)',
  ]),
  // "40 false"; "missing value ..." for a screen or a receiver that has its own volume.
  parse: (printed) => stateOf(/^(\d+) /.exec(printed)?.[1], /\btrue\b/.test(printed)),
};

export function windowsVolume(surroundings: ComputerSurroundings): VolumeControl {
  return {
    name: 'Core Audio',
    set: (level) =>
      powershell(surroundings, `${CORE_AUDIO}\n[Tentacle.Volume]::Set([int]$env:TENTACLE_LEVEL)`, {
        env: { TENTACLE_LEVEL: String(Math.round(level)) },
      }),
    get: powershell(surroundings, `${CORE_AUDIO}\nWrite-Utf8 ([Tentacle.Volume]::Get())`),
    parse: (printed) => stateOf(/^(\d+) /.exec(printed)?.[1], /\bTrue\b/.test(printed)),
  };
}

function stateOf(level: string | number | undefined, isMuted: boolean): VolumeState | null {
  return level === undefined ? null : { level: Math.round(Number(level)), isMuted };
}

/**
 * The volume of the output in use by Core Audio's IAudioEndpointVolume (mmdeviceapi.h, endpointvolume.h). The methods of a
 * COM interface are told apart by their order alone: those before the needed ones stand here for their places.
 */
export const CORE_AUDIO_SOURCE = `using System;
using System.Runtime.InteropServices;
namespace Tentacle {
  [ComImport, Guid("5CDF2C82-841E-4546-9722-0CF74078229A"), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
  interface IAudioEndpointVolume {
    [PreserveSig] int RegisterControlChangeNotify(IntPtr notify);
    [PreserveSig] int UnregisterControlChangeNotify(IntPtr notify);
    [PreserveSig] int GetChannelCount(out uint count);
    [PreserveSig] int SetMasterVolumeLevel(float decibel, ref Guid context);
    [PreserveSig] int SetMasterVolumeLevelScalar(float level, ref Guid context);
    [PreserveSig] int GetMasterVolumeLevel(out float decibel);
    [PreserveSig] int GetMasterVolumeLevelScalar(out float level);
    [PreserveSig] int SetChannelVolumeLevel(uint channel, float decibel, ref Guid context);
    [PreserveSig] int SetChannelVolumeLevelScalar(uint channel, float level, ref Guid context);
    [PreserveSig] int GetChannelVolumeLevel(uint channel, out float decibel);
    [PreserveSig] int GetChannelVolumeLevelScalar(uint channel, out float level);
    [PreserveSig] int SetMute([MarshalAs(UnmanagedType.Bool)] bool muted, ref Guid context);
    [PreserveSig] int GetMute([MarshalAs(UnmanagedType.Bool)] out bool muted);
  }
  [ComImport, Guid("D666063F-1587-4E43-81F1-B948E807363F"), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
  interface IMMDevice {
    [PreserveSig] int Activate(ref Guid id, int context, IntPtr parameters, [MarshalAs(UnmanagedType.IUnknown)] out object found);
  }
  [ComImport, Guid("A95664D2-9614-4F35-A746-DE8DB63617E6"), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
  interface IMMDeviceEnumerator {
    [PreserveSig] int EnumAudioEndpoints(int flow, int states, out IntPtr devices);
    [PreserveSig] int GetDefaultAudioEndpoint(int flow, int role, out IMMDevice device);
  }
  [ComImport, Guid("BCDE0395-E52F-467C-8E3D-C4579291692E")]
  class MMDeviceEnumerator { }
  public static class Volume {
    static IAudioEndpointVolume Output() {
      IMMDevice device;
      Marshal.ThrowExceptionForHR(((IMMDeviceEnumerator)(new MMDeviceEnumerator())).GetDefaultAudioEndpoint(0, 1, out device));
      Guid id = typeof(IAudioEndpointVolume).GUID;
      object found;
      Marshal.ThrowExceptionForHR(device.Activate(ref id, 23, IntPtr.Zero, out found));
      return (IAudioEndpointVolume)found;
    }
    public static void Set(int percent) {
      Guid context = Guid.Empty;
      Marshal.ThrowExceptionForHR(Output().SetMasterVolumeLevelScalar(percent / 100f, ref context));
    }
    public static string Get() {
      float level; bool muted;
      IAudioEndpointVolume output = Output();
      Marshal.ThrowExceptionForHR(output.GetMasterVolumeLevelScalar(out level));
      Marshal.ThrowExceptionForHR(output.GetMute(out muted));
      return Math.Round(level * 100) + " " + muted;
    }
  }
}`;

const CORE_AUDIO = `Add-Type -TypeDefinition @'
${CORE_AUDIO_SOURCE}
'@`;

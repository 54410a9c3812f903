import { z } from 'zod';
import type { Command } from '../command.js';
import { powershell } from '../powershell.js';
import type { ComputerSurroundings } from '../surroundings.js';
import type { Application } from './application.js';

/**
 * Lists as JSON `[{name, target}]`: the Start menu's shortcuts of all users and of this one, the programs registered under
 * App Paths, and what the Start menu shows beyond files (applications of the Store, by `shell:AppsFolder\<id>`).
 */
export const LIST_APPLICATIONS = `$found = New-Object System.Collections.Generic.List[object]
function Add-Found([string]$name, [string]$target) {
  if ($name -and $target) { $found.Add([pscustomobject]@{ name = $name; target = $target }) }
}
foreach ($menu in @([Environment]::GetFolderPath('CommonPrograms'), [Environment]::GetFolderPath('Programs'))) {
  if ($menu -and (Test-Path -LiteralPath $menu)) {
    Get-ChildItem -LiteralPath $menu -Filter *.lnk -Recurse -File -ErrorAction SilentlyContinue |
      ForEach-Object { Add-Found $_.BaseName $_.FullName }
  }
}
foreach ($root in @('HKCU:', 'HKLM:')) {
  Get-ChildItem -LiteralPath "$root\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths" -ErrorAction SilentlyContinue |
    ForEach-Object { Add-Found ([IO.Path]::GetFileNameWithoutExtension($_.PSChildName)) ([string]$_.GetValue('')).Trim('"') }
}
if (Get-Command Get-StartApps -ErrorAction SilentlyContinue) {
  Get-StartApps | Where-Object { $_.AppID -like '*!*' } | ForEach-Object { Add-Found $_.Name "shell:AppsFolder\\$($_.AppID)" }
}
Write-Utf8 (ConvertTo-Json -Compress -InputObject @($found.ToArray()))`;

const listSchema = z.array(z.object({ name: z.string().min(1), target: z.string().min(1) })).max(10_000);

export async function windowsApplications(
  surroundings: ComputerSurroundings,
  signal: AbortSignal,
): Promise<readonly Application[]> {
  const { stdout } = await surroundings.run(powershell(surroundings, LIST_APPLICATIONS), signal);
  return parseWindowsApplications(stdout).map(({ name, target }) => ({
    name,
    names: [name],
    ids: [],
    genericNames: [],
    start: startTarget(surroundings, target),
  }));
}

/** The list that the script printed; empty where it is not of its form. The first target of a name holds. */
export function parseWindowsApplications(printed: string): z.infer<typeof listSchema> {
  const list = listSchema.safeParse(parseJson(printed));
  if (!list.success) return [];
  return [
    ...new Map([...list.data].reverse().map((application) => [application.name.toLowerCase(), application])).values(),
  ].reverse();
}

export function startTarget(surroundings: ComputerSurroundings, target: string): Command {
  return powershell(surroundings, 'Start-Process -FilePath $env:TENTACLE_TARGET', { env: { TENTACLE_TARGET: target } });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

import { z } from 'zod';

/** How a model is spoken to: in our plan language, in Octopus v2's, or with tools in its own chat template. */
export const profileNameSchema = z.enum(['tentacle', 'octopus-v2', 'tool-prompt']);
export type ProfileName = z.infer<typeof profileNameSchema>;

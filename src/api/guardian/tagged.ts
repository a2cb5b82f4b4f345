/** Puts a call into the OpenAPI document, or leaves it out where the same one stands there already. */
export type Describe = <Schema extends object>(schema: Schema) => Schema;

/** The part of the document that has these calls. */
const tags = ['Guardian API'];

/** For the mount that is described. */
export const described: Describe = (schema) => ({ ...schema, tags });

/** For the other mounts. */
export const undescribed: Describe = (schema) => schema;

/**
 * Posters and previews of recordings: drawn when there is time, kept beside them, gone with them.
 */
@NullMarked
package dev.aftercall.picture;

import org.jspecify.annotations.NullMarked;

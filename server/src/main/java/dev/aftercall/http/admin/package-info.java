/** {@code /admin/v1}: what rules a tenant, one file per resource, all behind {@link AdminDoor}. */
@NullMarked
package dev.aftercall.http.admin;

import org.jspecify.annotations.NullMarked;

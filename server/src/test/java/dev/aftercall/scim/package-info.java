@NullMarked
package dev.aftercall.scim;

import org.jspecify.annotations.NullMarked;

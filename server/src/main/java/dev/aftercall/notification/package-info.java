/** Change notifications: who wants to hear of what, and how they are told until they hear. */
@NullMarked
package dev.aftercall.notification;

import org.jspecify.annotations.NullMarked;

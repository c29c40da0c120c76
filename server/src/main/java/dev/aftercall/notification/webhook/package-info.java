/** Sends notifications by HTTP to addresses that strangers named. */
@NullMarked
package dev.aftercall.notification.webhook;

import org.jspecify.annotations.NullMarked;

/** SCIM 2.0 over HTTP, as Entra ID, Okta and Keycloak drive it. */
@NullMarked
package dev.aftercall.http.scim;

import org.jspecify.annotations.NullMarked;

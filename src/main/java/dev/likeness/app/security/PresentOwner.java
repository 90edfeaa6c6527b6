package dev.likeness.app.security;

import org.hibernate.context.spi.CurrentTenantIdentifierResolver;

/** Tells the persistence provider the owner of the current thread. */
class PresentOwner implements CurrentTenantIdentifierResolver<String> {

    @Override
    public String resolveCurrentTenantIdentifier() {
        return Owners.present();
    }

    @Override
    public boolean validateExistingCurrentSessions() {
        return false;
    }

    @Override
    public boolean isRoot(String owner) {
        return Owners.seesEverything(owner);
    }
}

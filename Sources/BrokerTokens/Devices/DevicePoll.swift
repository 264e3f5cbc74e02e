import Foundation
import IdentityBroker

/// A device's question whether it has been approved, and the rules for it as a decision without side effects (RFC 8628 §3.5).
///
/// Each rule refuses on its own, as in ``RefreshAttempt``.
struct DevicePoll {
    enum Verdict {
        /// The device is approved for this.
        case issue(ProviderID, SessionLogin, Permission)
        /// It asks again later; what changes with that, nil for nothing.
        case wait(OAuthError, DeviceAuthorization?)
        case refuse(OAuthError)
    }

    let client: TokenClient
    let now: Date

    /// - Parameter standing: The state of a provider.
    func verdict(
        on device: DeviceAuthorization,
        ofProvider standing: (ProviderID) -> ProviderStanding
    ) -> Verdict {
        guard device.client.utf8.elementsEqual(client.id.utf8) else { return .refuse(.deviceCodeRefused) }
        guard now < device.until else { return .refuse(.deviceCodeExpired) }
        switch device.answer {
        case .denied: return .refuse(.deviceDenied)
        case .allowed(let provider, let login): return verdict(on: device, provider, login, standing)
        case nil: break
        }
        guard !device.isTooSoon(at: now) else { return .wait(.slowDown, device.slowed()) }
        return .wait(.authorizationPending, device.polled(at: now))
    }

    private func verdict(
        on device: DeviceAuthorization,
        _ name: String,
        _ login: SessionLogin,
        _ standing: (ProviderID) -> ProviderStanding
    ) -> Verdict {
        guard let provider = ProviderID(name), standing(provider) == .enabled else {
            return .refuse(OAuthError(BrokerError(.providerDisabled, "The provider is switched off.")))
        }
        guard client.mayUse(provider) else {
            return .refuse(OAuthError(.invalidGrant, "The client may no longer use the provider."))
        }
        do throws(OAuthError) {
            return .issue(
                provider, login,
                try Permission(narrowing: device.scope, device.audiences, to: nil, [], for: client))
        } catch {
            return .refuse(error)
        }
    }
}

extension OAuthError {
    /// The one answer to any invalid code, so that guessing reveals nothing.
    static var deviceCodeRefused: OAuthError {
        OAuthError(
            .invalidGrant, "The device code is invalid, was used before, or is of another client. Begin a new login.")
    }

    fileprivate static var deviceCodeExpired: OAuthError {
        OAuthError(.expiredToken, "Nobody approved the device in time. Begin a new login.")
    }

    fileprivate static var deviceDenied: OAuthError {
        OAuthError(.accessDenied, "The person did not allow it.")
    }

    fileprivate static var authorizationPending: OAuthError {
        OAuthError(.authorizationPending, "Nobody has approved the device yet. Ask again after the interval.")
    }

    fileprivate static var slowDown: OAuthError {
        OAuthError(.slowDown, "The device asks too often. Wait 5 seconds longer from now on.")
    }
}

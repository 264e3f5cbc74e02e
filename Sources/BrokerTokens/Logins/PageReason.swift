import IdentityBroker

/// Why a person cannot go on, in a word: pages say it in the person's language.
package enum PageReason: String, Sendable, Hashable, CaseIterable {
    /// The login has expired, was finished, or was begun in another browser, or this one keeps no cookies.
    case loginLost
    /// No page of ours has shown the form, or it was for another login or session.
    case formRefused
    /// The app's request is wrong, which only its developer can put right.
    case badRequest
    /// The person did not agree.
    case cancelled
    /// The upstream, or the broker, refuses this person.
    case denied
    /// The upstream wants something from the person first.
    case interactionRequired
    /// The upstream signed no one in.
    case loginFailed
    /// Too much at once.
    case tooMany
    /// The broker or an upstream cannot serve now.
    case unavailable
    /// Someone has to put something right.
    case fault
}

extension OAuthError {
    /// Why a person cannot go on.
    package var pageReason: PageReason {
        if self == .loginLost { return .loginLost }
        if self == .formRefused { return .formRefused }
        switch kind {
        case .cancelledByUser: return .cancelled
        case .accessDenied: return .denied
        case .interactionRequired: return .interactionRequired
        case .invalidCredential, .credentialExpired, .credentialAlreadyUsed: return .loginFailed
        case .rateLimited: return .tooMany
        case .upstreamUnavailable, .timedOut, .unavailable, .cancelled, .providerDisabled: return .unavailable
        case .upstreamMisbehaved, .misconfigured, .internalError: return .fault
        default: break
        }
        switch code {
        case .accessDenied: return .denied
        case .temporarilyUnavailable: return .unavailable
        case .serverError: return .fault
        default: return .badRequest
        }
    }
}

extension OAuthError {
    /// The one answer to a form that no page of ours has shown, or that is of another login or session.
    package static var formRefused: OAuthError {
        OAuthError(.accessDenied, "The form is out of date, or comes from another site. Begin again.")
    }
}

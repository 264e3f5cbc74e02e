import BrokerServing
import BrokerTokens

/// The words of the pages, in every language. `{}` is replaced by the name of an app or a provider.
enum PageText: String, Sendable, CaseIterable {
    case signIn, signInLead, continueWith
    case allowHeading, allowLead, allow, deny
    case scopeOpenID, scopeProfile, scopeEmail, scopePhone, scopeAddress, scopeOffline
    case confirmHeading, confirmLead, goOn, cancel
    case formPostHeading, formPostLead
    case logoutHeading, logoutLead, logout, signedOutHeading, signedOutLead
    case deviceHeading, deviceLead, deviceCode, deviceAllowHeading, deviceAllowLead
    case deviceAllowedHeading, deviceAllowedLead, deviceDeniedHeading, deviceDeniedLead
    case accountHeading, accountLead, sessions, current, opened, used, consents, noConsents, end
    case request, beginAgain, backToApp
    case lostHeading, lostLead, badRequestHeading, badRequestLead, formHeading, formLead
    case cancelledHeading, cancelledLead, deniedHeading, deniedLead, interactionHeading, interactionLead
    case failedHeading, failedLead, manyHeading, manyLead, unavailableHeading, unavailableLead, faultHeading, faultLead

    /// The text.
    ///
    /// - Parameter name: What replaces `{}`.
    func callAsFunction(_ language: LoginPages.Language, _ name: String = "") -> PageValue {
        let text =
            switch language {
            case .english: english
            case .simplifiedChinese: simplifiedChinese
            }
        return .text(text.replacing("{}", with: name, maxReplacements: 1))
    }
}

extension PageReason {
    /// What a person reads.
    var texts: (heading: PageText, lead: PageText) {
        switch self {
        case .loginLost: (.lostHeading, .lostLead)
        case .formRefused: (.formHeading, .formLead)
        case .badRequest: (.badRequestHeading, .badRequestLead)
        case .cancelled: (.cancelledHeading, .cancelledLead)
        case .denied: (.deniedHeading, .deniedLead)
        case .interactionRequired: (.interactionHeading, .interactionLead)
        case .loginFailed: (.failedHeading, .failedLead)
        case .tooMany: (.manyHeading, .manyLead)
        case .unavailable: (.unavailableHeading, .unavailableLead)
        case .fault: (.faultHeading, .faultLead)
        }
    }
}

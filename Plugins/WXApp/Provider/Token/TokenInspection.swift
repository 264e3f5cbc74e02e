#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import IdentityBroker

/// What came of looking at the record's token.
struct TokenInspection {
    /// The token as it came; nil where there is none.
    var token: Secret?
    /// What it says; nil where it is absent or unreadable.
    var claims: TokenClaims?
    /// When it expires: `exp` or the record's `tokenExpiredAt`, the earlier of the two.
    var expiry: Date?
    var notices: [WXAppNotice] = []
}

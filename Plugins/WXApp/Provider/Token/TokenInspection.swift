import Foundation
import IdentityBroker

/// The result of inspecting the record's token.
struct TokenInspection {
    /// The token unchanged; nil if there is none.
    var token: Secret?
    /// Its claims; nil if it is absent or unreadable.
    var claims: TokenClaims?
    /// When it expires: `exp` or the record's `tokenExpiredAt`, the earlier of the two.
    var expiry: Date?
    var notices: [WXAppNotice] = []
}

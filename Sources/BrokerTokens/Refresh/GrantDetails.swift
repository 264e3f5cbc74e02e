#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a grant is about, as a store keeps it.
struct GrantDetails: Codable, Hashable {
    /// What was granted, in the order that ``ScopeList`` writes.
    let scope: String
    /// The resource servers that access tokens may be for.
    let audiences: [String]
    /// When the grant ends however often it is refreshed.
    let end: Date
    /// Nil for a client that may not refresh.
    var refresh: RefreshFamily?

    init(scope: ScopeList, audiences: [String], end: Date, refresh: RefreshFamily?) {
        self.scope = scope.text
        self.audiences = audiences
        self.end = end
        self.refresh = refresh
    }

    /// Reads details; nil where they are not of this version's writing.
    init?(_ text: String) {
        guard let details = try? JSONDecoder().decode(GrantDetails.self, from: Data(text.utf8)),
            ScopeList(stored: details.scope) != nil, !details.audiences.isEmpty
        else { return nil }
        self = details
    }

    /// The details as a store keeps them.
    func text() throws(OAuthError) -> String {
        guard let document = try? json(self) else {
            throw OAuthError(.serverError, "The grant cannot be written as JSON. This is a defect of the broker.")
        }
        return String(decoding: document, as: UTF8.self)
    }
}

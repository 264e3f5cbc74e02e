#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import IdentityBroker

/// What a grant is about, as a store keeps it.
struct GrantDetails: Decodable, Hashable {
    /// What was granted, in the order that ``ScopeList`` writes.
    let scope: String
    /// The resource servers that access tokens may be for.
    let audiences: [String]
    /// When the grant ends however often it is refreshed.
    private(set) var end: Date
    /// Nil for a client that may not refresh.
    var refresh: RefreshFamily?
    /// The latest time at which the grant was used; nil while it was not. A clock that was set back does not bring it forward.
    private(set) var lastUse: Date?

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

    /// Brings the end back where it was made while the clock was ahead: no grant ends later than a whole life from now.
    mutating func limitEnd(to latest: Date) {
        end = min(end, latest)
    }

    /// The grant is used.
    mutating func use(at now: Date) {
        lastUse = max(lastUse ?? now, now)
    }

    /// The details as a store keeps them.
    var text: String {
        var members: [String: AttributeValue] = [
            "scope": .string(scope),
            "audiences": .array(audiences.map(AttributeValue.string)),
            "end": .time(end),
        ]
        members["refresh"] = (refresh?.members).map(AttributeValue.object)
        members["lastUse"] = lastUse.map(AttributeValue.time)
        return AttributeValue.object(members).json
    }
}

extension AttributeValue {
    /// A point in time as `JSONDecoder` reads one.
    static func time(_ date: Date) -> AttributeValue {
        .number(date.timeIntervalSinceReferenceDate)
    }
}

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import IdentityBroker

/// The content of a grant, as a store keeps it.
struct GrantDetails: Decodable, Hashable {
    /// What was granted, in the order of ``ScopeList``.
    let scope: String
    /// The resource servers that access tokens may be for.
    let audiences: [String]
    /// When the grant ends, however often it is refreshed.
    private(set) var end: Date
    /// Nil for a client that may not refresh.
    var refresh: RefreshFamily?
    /// The latest time at which the grant was used; nil if it was not. A clock that was set back does not move it.
    private(set) var lastUse: Date?

    init(scope: ScopeList, audiences: [String], end: Date, refresh: RefreshFamily?) {
        self.scope = scope.text
        self.audiences = audiences
        self.end = end
        self.refresh = refresh
    }

    /// Reads details; nil if this version did not write them.
    init?(_ text: String) {
        guard let details = try? JSONDecoder().decode(GrantDetails.self, from: Data(text.utf8)),
            ScopeList(stored: details.scope) != nil, !details.audiences.isEmpty
        else { return nil }
        self = details
    }

    /// Moves the end back if it was set while the clock was ahead: no grant ends later than a whole lifetime from now.
    mutating func limitEnd(to latest: Date) {
        end = min(end, latest)
    }

    /// Marks the grant as used.
    mutating func use(at now: Date) {
        lastUse = max(lastUse ?? now, now)
    }

    /// The details in stored form.
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
    /// A point in time as `JSONDecoder` reads it.
    static func time(_ date: Date) -> AttributeValue {
        .number(date.timeIntervalSinceReferenceDate)
    }
}

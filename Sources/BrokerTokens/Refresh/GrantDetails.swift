import Foundation
import IdentityBroker
import StrictJSON

/// The content of a grant, as a store keeps it.
struct GrantDetails: Hashable {
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
        guard let members = (try? Self.reader.read(text.utf8))?.object,
            let details = try? GrantDetails(members),
            ScopeList(stored: details.scope) != nil, !details.audiences.isEmpty
        else { return nil }
        self = details
    }

    private init(_ members: JSONObject) throws(UnreadableMember) {
        scope = try members.required("scope", \.string)
        audiences = try members.required("audiences", \.strings)
        end = try members.required("end", \.time)
        if let family = try members.optional("refresh", \.object) { refresh = try RefreshFamily(family) }
        lastUse = try members.optional("lastUse", \.time)
    }

    /// Whatever was written is read.
    private static let reader = JSONReader(limits: .init(maximumBytes: .max))

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
        var members: JSONObject = [
            "scope": .string(scope),
            "audiences": .strings(audiences),
            "end": .time(end),
        ]
        members["refresh"] = (refresh?.members).map(JSONValue.object)
        members["lastUse"] = lastUse.map(JSONValue.time)
        return members.json
    }
}

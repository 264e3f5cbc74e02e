package import Foundation
import IdentityBroker
import StrictJSON

/// How and when a person signed in, as far as clients learn of it (OpenID Connect Core §2).
package struct AuthenticationEvent: Sendable, Hashable, Codable {
    /// `auth_time`: when, by the upstream's word if it gives one.
    let time: Date
    /// `amr`: by which methods (RFC 8176); empty if that is not known.
    let methods: [String]
    /// `acr`: the authentication context class; nil if that is not known.
    let contextClass: String?

    package init(time: Date, methods: [String] = [], contextClass: String? = nil) {
        (self.time, self.methods, self.contextClass) = (time, methods, contextClass)
    }

    /// What the upstream says of a login, in the attributes that are named as the claims are.
    init(of identity: Identity) {
        self.init(
            time: identity.authenticatedAt, methods: identity.attributes["amr"]?.strings ?? [],
            contextClass: identity.attributes["acr"]?.string)
    }

    /// What an ID token says of it, besides the time.
    var claims: JSONObject {
        var claims: JSONObject = [:]
        if !methods.isEmpty { claims["amr"] = .strings(methods) }
        claims["acr"] = contextClass.map(JSONValue.string)
        return claims
    }
}

/// The session that a code or a grant came from, and how the person signed in there.
struct SessionLogin: Hashable, Codable {
    /// The session: `sid` in ID tokens.
    let session: UUID
    let event: AuthenticationEvent

    init(session: UUID, event: AuthenticationEvent) {
        (self.session, self.event) = (session, event)
    }

    /// Reads it in stored form.
    init(_ members: JSONObject) throws(UnreadableMember) {
        session = try members.required("session") { $0.string.flatMap(UUID.init(canonical:)) }
        event = AuthenticationEvent(
            time: try members.required("time", \.time),
            methods: try members.optional("methods", \.strings) ?? [],
            contextClass: try members.optional("contextClass", \.string))
    }

    /// It in stored form.
    var members: JSONObject {
        var members: JSONObject = ["session": .string(session.canonical), "time": .time(event.time)]
        if !event.methods.isEmpty { members["methods"] = .strings(event.methods) }
        members["contextClass"] = event.contextClass.map(JSONValue.string)
        return members
    }
}

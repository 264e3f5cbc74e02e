import Foundation
import IdentityBroker
import StrictJSON

/// The refresh tokens of one grant, of which one at a time is valid: digests only.
struct RefreshFamily: Hashable {
    /// The token before the current one, and the salt from which the current one was derived.
    struct Rotation: Hashable {
        let previous: String
        let salt: Data
        let time: Date
    }

    /// What a token is to its family.
    enum Standing: Equatable {
        /// The valid one.
        case current
        /// The previous one, presented again so soon that its answer may have been lost. The current one has not been
        /// used.
        case justRotated(salt: [UInt8])
        /// The previous one, rotated out at a time far ahead of this clock: one of the clocks is wrong, so a lost
        /// answer cannot be distinguished from a theft.
        case rotatedAhead
        /// One that was rotated out: it has two holders, and one of them stole it (RFC 9700 §4.14.2).
        case reused
        /// Not a member of the family.
        case foreign
    }

    private let family: String
    private var current: String
    private var rotation: Rotation?

    init(_ first: RefreshToken) {
        family = first.familyDigest
        current = first.digest
    }

    /// Reads a family in stored form.
    init(_ members: JSONObject) throws(UnreadableMember) {
        family = try members.required("family", \.string)
        current = try members.required("current", \.string)
        if let members = try members.optional("rotation", \.object) { rotation = try Rotation(members) }
    }

    func standing(of token: RefreshToken, at now: Date, grace: Duration) -> Standing {
        guard token.familyDigest == family else { return .foreign }
        if token.digest == current { return .current }
        guard let rotation, token.digest == rotation.previous, grace > .zero, now < rotation.time + grace else {
            return .reused
        }
        // The clock of the replica that rotated may be ahead. A clock that was set back must not extend the grace
        // period beyond that.
        guard rotation.time < now + max(grace, KeyRotation.clockSkew) else { return .rotatedAhead }
        return .justRotated(salt: Array(rotation.salt))
    }

    /// The family once the successor has replaced the current token.
    func rotated(_ token: RefreshToken, salt: [UInt8], at now: Date) -> RefreshFamily {
        var next = self
        next.rotation = Rotation(previous: token.digest, salt: Data(salt), time: now)
        next.current = token.successor(salt: salt).digest
        return next
    }

    /// The family in stored form.
    var members: JSONObject {
        var members: JSONObject = ["family": .string(family), "current": .string(current)]
        members["rotation"] = (rotation?.members).map(JSONValue.object)
        return members
    }
}

extension RefreshFamily.Rotation {
    fileprivate init(_ members: JSONObject) throws(UnreadableMember) {
        previous = try members.required("previous", \.string)
        salt = try members.required("salt", \.bytes)
        time = try members.required("time", \.time)
    }

    fileprivate var members: JSONObject {
        [
            "previous": .string(previous), "salt": .bytes(salt), "time": .time(time),
        ]
    }
}

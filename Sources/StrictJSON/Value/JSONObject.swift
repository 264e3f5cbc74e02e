/// A JSON object: members in the order of the document, each name once.
///
/// Only a reader makes one, which is how names are known to be unique. Names are told apart by their scalars
/// (RFC 8259 §8.3), without Unicode normalisation.
public struct JSONObject: Sendable, Equatable {
    private let members: [Member]

    /// Keeps members whose names the caller knows to be unique.
    init(uniqueMembers members: [Member]) {
        self.members = members
    }

    /// The value of the member of that name, or `nil` where there is none. Takes time linear in ``count``.
    public subscript(name: String) -> JSONValue? {
        members[...].index(of: name).map { members[$0].value }
    }
}

extension JSONObject: RandomAccessCollection {
    /// The position of the first member, zero.
    public var startIndex: Int { members.startIndex }

    /// The position after the last member.
    public var endIndex: Int { members.endIndex }

    /// The member at a position in the order of the document.
    public subscript(position: Int) -> Member { members[position] }
}

extension JSONObject: CustomStringConvertible {
    /// The number of members and never their content.
    public var description: String { "object of \(count) members" }
}

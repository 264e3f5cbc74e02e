/// A JSON object: members in the order of the document, each name once.
///
/// Only a reader creates one, which guarantees that names are unique. Names are compared by their scalars (RFC 8259
/// §8.3), without Unicode normalization. An object keeps its whole document in memory.
public struct JSONObject: Sendable {
    private let document: JSONDocument
    private let position: Int

    init(at position: Int, of document: JSONDocument) {
        self.document = document
        self.position = position
    }

    /// The value of the member of that name, or `nil` if there is none. Takes time linear in ``count``; each call
    /// creates the value.
    public subscript(name: String) -> JSONValue? {
        guard let member = document.position(ofMember: name, of: position) else { return nil }
        return document.value(at: member)
    }
}

extension JSONObject: Collection {
    /// The position of a member.
    public struct Index: Sendable, Comparable {
        fileprivate let position: Int

        /// Whether a member precedes another one.
        public static func < (left: Self, right: Self) -> Bool { left.position < right.position }
    }

    /// The position of the first member.
    public var startIndex: Index { Index(position: position + 1) }

    /// The position after the last member.
    public var endIndex: Index { Index(position: document.position(after: position)) }

    /// The position of the next member.
    public func index(after index: Index) -> Index {
        Index(position: document.position(after: index.position + 1))
    }

    /// The member at a position in the order of the document, created at each call.
    public subscript(index: Index) -> Member {
        Member(name: document.name(at: index.position), value: document.value(at: index.position + 1))
    }
}

extension JSONObject: Equatable {
    /// Whether both sides were written with the same scalars, digits and order of members.
    public static func == (left: Self, right: Self) -> Bool {
        left.elementsEqual(right)
    }
}

extension JSONObject: CustomStringConvertible {
    /// The number of members and never their content.
    public var description: String { "object of \(count) members" }
}

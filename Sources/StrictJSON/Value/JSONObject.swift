/// A JSON object: members by name, each name once.
///
/// ```swift
/// var object: JSONObject = ["a": 1, "b": [true, .null]]
/// object["c"] = .string(text)
/// object["a"] = nil                                        // takes the member out
/// ```
///
/// Names are compared by their scalars (RFC 8259 §8.3), without Unicode normalization. Members that were read keep the
/// order of the document; those of an object that a program made or changed are sorted by name.
///
/// An object that was read keeps its whole document in memory; values that are put into another object are copied out
/// of theirs.
public struct JSONObject: Sendable {
    /// Where the members were read, which are created on demand, since most members of a record are never read.
    ///
    /// A reference without an alternative: a lookup in an optional or a case would retain and release the document.
    private var document: JSONDocument
    /// The object's position in the document; -1 if its members were made.
    private var position: Int
    /// Made members, in the order of their names, none of which refers to a document.
    private var made: [Member] = []

    private var isRead: Bool { position >= 0 }

    init(at position: Int, of document: JSONDocument) {
        self.document = document
        self.position = position
    }

    /// Creates an object without members.
    public init() {
        document = .empty
        position = -1
    }

    /// Creates an object without members, with room for this many.
    public init(minimumCapacity: Int) {
        self.init()
        made.reserveCapacity(minimumCapacity)
    }

    /// Creates an object. If a name is repeated, the last member wins.
    public init(_ members: [(String, JSONValue)]) {
        self.init()
        made.reserveCapacity(members.count)
        var isInOrder = true
        for (name, value) in members {
            if let last = made.last, !last.name.precedes(name) { isInOrder = false }
            made.append(Member(name: name, value: value.detached))
        }
        if !isInOrder { made = made.inOrder }
    }

    /// Creates an object.
    public init(_ members: [String: JSONValue]) {
        self.init(members.map { ($0.key, $0.value) })
    }

    /// Creates an object of strings.
    public init(_ strings: [String: String]) {
        self.init(strings.map { ($0.key, JSONValue.string($0.value)) })
    }

    /// The value of the member of that name, or `nil` if there is none; set it to `nil` to remove the member.
    ///
    /// In an object that was read, a lookup takes time linear in ``count``, and each creates the value.
    public subscript(name: String) -> JSONValue? {
        get {
            guard isRead else {
                let place = made.place(of: name)
                return place.isTaken ? made[place.index].value : nil
            }
            guard let member = document.position(ofMember: name, of: position) else { return nil }
            return document.value(at: member)
        }
        set {
            if isRead { self = detached }
            // Members usually come in order.
            guard made.last.map({ !$0.name.precedes(name) }) ?? false else {
                if let newValue { made.append(Member(name: name, value: newValue.detached)) }
                return
            }
            let place = made.place(of: name)
            switch (newValue, place.isTaken) {
            case (let value?, true): made[place.index] = Member(name: name, value: value.detached)
            case (let value?, false): made.insert(Member(name: name, value: value.detached), at: place.index)
            case (nil, true): made.remove(at: place.index)
            case (nil, false): break
            }
        }
    }

    /// The members in the order of their names.
    var membersByName: [Member] {
        isRead ? sorted { $0.name.precedes($1.name) } : made
    }

    /// The same object without the document that it was read from.
    var detached: JSONObject {
        // Not one by one: members in the opposite order would each move all others.
        isRead ? JSONObject(map { ($0.name, $0.value) }) : self
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object, written in source code. If a name is repeated, the last member wins.
    public init(dictionaryLiteral members: (String, JSONValue)...) { self.init(members) }
}

extension JSONObject: Collection {
    /// The position of a member.
    public struct Index: Sendable, Comparable {
        fileprivate let position: Int

        /// Whether a member precedes another one.
        public static func < (left: Self, right: Self) -> Bool { left.position < right.position }
    }

    /// The position of the first member.
    public var startIndex: Index { Index(position: isRead ? position + 1 : 0) }

    /// The position after the last member.
    public var endIndex: Index { Index(position: isRead ? document.position(after: position) : made.count) }

    /// The position of the next member.
    public func index(after index: Index) -> Index {
        Index(position: isRead ? document.position(after: index.position + 1) : index.position + 1)
    }

    /// The member at a position; in an object that was read, each call creates it.
    public subscript(index: Index) -> Member {
        guard isRead else { return made[index.position] }
        return Member(name: document.name(at: index.position), value: document.value(at: index.position + 1))
    }
}

extension JSONObject: Hashable {
    /// Whether both sides have the same members, written with the same scalars and digits, in any order.
    public static func == (left: Self, right: Self) -> Bool {
        left.membersByName == right.membersByName
    }

    /// Hashes the members.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(membersByName)
    }
}

extension JSONObject: CustomStringConvertible {
    /// The number of members and never their content.
    public var description: String { "object of \(count) members" }
}

extension JSONObject: CustomReflectable {
    /// The members, and nothing else of the document that they were read from.
    public var customMirror: Mirror {
        Mirror(self, children: map { Mirror.Child(label: $0.name, value: $0.value) }, displayStyle: .struct)
    }
}

extension [JSONObject.Member] {
    /// The members in the order of their names, of those with the same name the last one.
    fileprivate var inOrder: Self {
        var members: Self = []
        members.reserveCapacity(count)
        // The sort is stable.
        for member in sorted(by: { $0.name.precedes($1.name) }) {
            if let last = members.last, last.name.isIdentical(to: member.name) { members.removeLast() }
            members.append(member)
        }
        return members
    }

    /// The index of the member of that name among members in the order of their names, or where it would be inserted.
    fileprivate func place(of name: String) -> (index: Int, isTaken: Bool) {
        var range = startIndex..<endIndex
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if self[middle].name.precedes(name) {
                range = (middle + 1)..<range.upperBound
            } else {
                range = range.lowerBound..<middle
            }
        }
        let index = range.lowerBound
        return (index, index < endIndex && self[index].name.isIdentical(to: name))
    }
}

extension JSONObject {
    /// One name and its value.
    public struct Member: Sendable {
        /// The name, its escapes decoded.
        public let name: String

        /// The value.
        public let value: JSONValue
    }
}

extension JSONObject.Member: Hashable {
    /// Whether names and values are written with the same scalars and digits.
    public static func == (left: Self, right: Self) -> Bool {
        left.name.isIdentical(to: right.name) && left.value == right.value
    }

    /// Hashes name and value.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(value)
    }
}

/// A JSON object: members by name, each name once.
///
/// ```swift
/// var object: JSONObject = ["a": 1, "b": [true, .null]]
/// object["c"] = .string(text)
/// object["a"] = nil                                        // takes the member out
/// ```
///
/// Names are compared by their scalars (RFC 8259 §8.3), without Unicode normalization. Members that were read come in
/// the order of the document, those of an object that a program made or changed in the order of their names.
///
/// An object that was read keeps its whole document in memory; values that are put into another object are copied out
/// of theirs.
public struct JSONObject: Sendable {
    private enum Storage: Sendable {
        /// Members of a document, created on demand: most members of a record are never read.
        case read(JSONDocument, position: Int)
        /// Members in the order of their names, none of which refers to a document.
        case made([Member])
    }

    private var storage: Storage

    init(at position: Int, of document: JSONDocument) {
        storage = .read(document, position: position)
    }

    /// Creates an object without members.
    public init() {
        storage = .made([])
    }

    /// Creates an object. Of members with the same name the last one counts.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        // The sort is stable.
        let sorted = members.map { Member(name: $0, value: $1.detached) }.sorted { $0.name.precedes($1.name) }
        var made: [Member] = []
        made.reserveCapacity(sorted.count)
        for member in sorted {
            if let last = made.last, last.name.isIdentical(to: member.name) { made.removeLast() }
            made.append(member)
        }
        storage = .made(made)
    }

    /// Creates an object of strings.
    public init(_ strings: [String: String]) {
        self.init(strings.map { ($0.key, JSONValue.string($0.value)) })
    }

    /// The value of the member of that name, or `nil` if there is none; set it to `nil` to take the member out.
    ///
    /// In an object that was read, a lookup takes time linear in ``count``, and each creates the value.
    public subscript(name: String) -> JSONValue? {
        get {
            switch storage {
            case .read(let document, let position):
                return document.position(ofMember: name, of: position).map(document.value(at:))
            case .made(let members):
                let place = members.place(of: name)
                return place.isTaken ? members[place.index].value : nil
            }
        }
        set {
            var members = membersByName
            // The array then has one owner, and is changed in place.
            storage = .made([])
            let place = members.place(of: name)
            switch (newValue, place.isTaken) {
            case (let value?, true): members[place.index] = Member(name: name, value: value.detached)
            case (let value?, false): members.insert(Member(name: name, value: value.detached), at: place.index)
            case (nil, true): members.remove(at: place.index)
            case (nil, false): break
            }
            storage = .made(members)
        }
    }

    /// The members in the order of their names.
    var membersByName: [Member] {
        switch storage {
        case .read: sorted { $0.name.precedes($1.name) }
        case .made(let members): members
        }
    }

    /// The same object without the document that it was read from.
    var detached: JSONObject {
        switch storage {
        case .read: JSONObject(map { ($0.name, $0.value) })
        case .made: self
        }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object, written in source code. Of members with the same name the last one counts.
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
    public var startIndex: Index {
        switch storage {
        case .read(_, let position): Index(position: position + 1)
        case .made: Index(position: 0)
        }
    }

    /// The position after the last member.
    public var endIndex: Index {
        switch storage {
        case .read(let document, let position): Index(position: document.position(after: position))
        case .made(let members): Index(position: members.count)
        }
    }

    /// The position of the next member.
    public func index(after index: Index) -> Index {
        switch storage {
        case .read(let document, _): Index(position: document.position(after: index.position + 1))
        case .made: Index(position: index.position + 1)
        }
    }

    /// The member at a position; in an object that was read, each call creates it.
    public subscript(index: Index) -> Member {
        switch storage {
        case .read(let document, _):
            Member(name: document.name(at: index.position), value: document.value(at: index.position + 1))
        case .made(let members):
            members[index.position]
        }
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
    /// Where the member of that name is among members in the order of their names, or where it belongs.
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

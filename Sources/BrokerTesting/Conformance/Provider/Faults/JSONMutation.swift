import Foundation

/// A change to one part of a JSON document.
struct JSONMutation: Sendable, CustomStringConvertible {
    /// What replaces a part.
    enum Replacement: String, Sendable, CaseIterable {
        case nothing = "left out"
        case null
        case emptyText = "an empty text"
        case emptyObject = "an empty object"
        case emptyList = "an empty list"
        case zero
        case yes = "true"
    }

    /// The names that lead to the part.
    let path: [String]
    let replacement: Replacement

    var description: String {
        "'\(path.joined(separator: "."))' \(replacement == .nothing ? "" : "as ")\(replacement.rawValue)"
    }

    /// Every change to a part of the document, including members of nested objects.
    static func all(of document: [UInt8]) -> [JSONMutation] {
        guard let root = try? JSONSerialization.jsonObject(with: Data(document)) else { return [] }
        return paths(in: root).flatMap { path in Replacement.allCases.map { JSONMutation(path: path, replacement: $0) }
        }
    }

    /// The document with the change.
    func applied(to document: [UInt8]) -> [UInt8] {
        guard let root = try? JSONSerialization.jsonObject(with: Data(document)),
            let changed = try? JSONSerialization.data(withJSONObject: change(root, at: path[...]))
        else { return document }
        return Array(changed)
    }

    private static func paths(in value: Any) -> [[String]] {
        guard let object = value as? [String: Any] else { return [] }
        return object.sorted { $0.key < $1.key }.flatMap { name, member in
            [[name]] + paths(in: member).map { [name] + $0 }
        }
    }

    private func change(_ value: Any, at path: ArraySlice<String>) -> Any {
        guard var object = value as? [String: Any], let name = path.first, let member = object[name] else {
            return value
        }
        object[name] = path.count == 1 ? replacement.value : change(member, at: path.dropFirst())
        return object
    }
}

extension JSONMutation.Replacement {
    /// Nil for a part to be removed.
    fileprivate var value: Any? {
        switch self {
        case .nothing: nil
        case .null: NSNull()
        case .emptyText: ""
        case .emptyObject: [String: Any]()
        case .emptyList: [Any]()
        case .zero: 0
        case .yes: true
        }
    }
}

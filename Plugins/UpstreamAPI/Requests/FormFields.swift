import IdentityBroker

/// Parameters in the form `application/x-www-form-urlencoded`, in order.
package struct FormFields: Sendable {
    /// The encoded form.
    package private(set) var text = ""
    /// The names that it has.
    package private(set) var names: Set<String> = []

    /// Begins without parameters.
    package init() {}

    /// Begins with these parameters, in their order: some upstreams compare their pages' addresses as a text.
    package init(_ parameters: KeyValuePairs<String, String>) {
        for (name, value) in parameters { add(name, value) }
    }

    /// Adds a parameter after the others.
    package mutating func add(_ name: String, _ value: String) {
        names.insert(name)
        if !text.isEmpty { text += "&" }
        text += "\(name.percentEncoded)=\(value.percentEncoded)"
    }
}

extension FormFields: CustomReflectable {
    /// A mirror without children: the values may be secrets.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

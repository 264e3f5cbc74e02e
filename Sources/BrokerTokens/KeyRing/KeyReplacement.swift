/// What a rotation on demand changed.
package struct KeyReplacement: Sendable, Equatable {
    /// The ids of the keys that were made.
    package var added: [String] = []
    /// The ids of the keys that were published already, and sign before their time.
    package var promoted: [String] = []

    package var isChange: Bool { self != KeyReplacement() }
}

/// What a rotation on demand changed.
package struct KeyReplacement: Sendable, Equatable {
    /// The ids of the new keys.
    package var added: [String] = []
    /// The ids of the keys that were already published, and now sign early.
    package var promoted: [String] = []

    package var isChange: Bool { self != KeyReplacement() }
}

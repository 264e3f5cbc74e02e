import ArgumentParser

/// In which form a result is written.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    /// For people.
    case text
    /// For programs: one JSON document.
    case json
}

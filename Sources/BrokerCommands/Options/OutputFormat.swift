import ArgumentParser

/// In which form a result is written.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    /// For people.
    case text
    /// For programs: one JSON document.
    case json

    /// The form that a command line asks for, which may be wrong in everything else.
    static func requested(in arguments: [String]) -> OutputFormat {
        let options = arguments.prefix { $0 != "--" }
        var format = OutputFormat.text
        for (option, next) in zip(options, options.dropFirst() + [""]) {
            if option == "--format" {
                format = OutputFormat(rawValue: next) ?? .text
            } else if option.hasPrefix("--format=") {
                format = OutputFormat(rawValue: String(option.dropFirst("--format=".count))) ?? .text
            }
        }
        return format
    }
}

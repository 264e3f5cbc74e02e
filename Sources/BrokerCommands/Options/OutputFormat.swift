import ArgumentParser

/// The format of results.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    /// For people.
    case text
    /// For programs: one JSON document.
    case json

    /// The format that a command line requests, even if the rest of it is wrong.
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

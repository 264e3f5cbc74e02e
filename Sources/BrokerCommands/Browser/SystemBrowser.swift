import Foundation

/// The user's browser.
enum SystemBrowser {
    #if os(macOS)
        private static let program = "open"
    #else
        private static let program = "xdg-open"
    #endif

    /// Opens a URL, if there is a browser. The caller has already shown the URL, so a failure needs no message.
    ///
    /// - Parameter secrets: The environment variables that the browser, which outlives this process, does not inherit.
    static func open(_ url: String, without secrets: Set<String>) {
        let process = Process()
        process.environment = ProcessInfo.processInfo.environment.filter { !secrets.contains($0.key) }
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program, url]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try? process.run()
    }
}

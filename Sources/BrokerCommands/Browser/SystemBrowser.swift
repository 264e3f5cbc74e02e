import Foundation
import IdentityBroker

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
        let variables = ProcessInfo.processInfo.environment.filter { !secrets.contains($0.key) }
        guard let process = ChildProcess(program, [url], variables: variables) else { return }
        // The browser may run for longer than this process, which has nothing to wait for.
        WorkerThread { process.wait() }?.detach()
    }
}

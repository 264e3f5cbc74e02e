import HummingbirdCore
import IdentityBroker
import NIOCore
import NIOHTTPTypes

/// A connection whose requests are answered.
///
/// A server that is shut down forgets connections that it has just accepted, though their clients wait for an answer.
/// NIO ends the process if a forgotten channel was never used. So a forgotten connection serves itself.
final class ServedConnection: ServerChildChannelValue {
    typealias Messages = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let channel: any Channel

    private let messages: Messages
    /// Answers requests until the connection is closed.
    private let serve: @Sendable (Messages) async -> Void
    private let isServed = Locked(false)

    init(_ messages: Messages, serve: @escaping @Sendable (Messages) async -> Void) {
        self.messages = messages
        self.serve = serve
        channel = messages.channel
    }

    deinit {
        guard !isServed.withLock({ $0 }) else { return }
        Task { [messages, serve] in await serve(messages) }
    }

    /// Answers its requests until it is closed.
    func run() async {
        isServed.withLock { $0 = true }
        await serve(messages)
    }
}

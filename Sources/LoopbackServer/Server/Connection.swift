import NIOCore

/// An accepted connection to be served.
struct Connection: Sendable {
    let transport: ConnectionTransport
    let requests: AsyncStream<ReceivedRequest>

    /// Serves until the script, the peer or cancellation ends the connection.
    func serve(with handler: @escaping LoopbackServer.Handler) async {
        await withTaskCancellationHandler {
            await withTaskGroup { group in
                group.addTask {
                    var conversation = Conversation(transport: transport, requests: requests, handler: handler)
                    await conversation.run()
                }
                // A waiting script does not watch the connection; this task does.
                group.addTask { try? await transport.channel.closeFuture.get() }
                await group.next()
                group.cancelAll()
            }
        } onCancel: {
            transport.startCloseWithoutNotify()
        }
    }
}

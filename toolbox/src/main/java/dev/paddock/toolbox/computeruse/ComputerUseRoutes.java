package dev.paddock.toolbox.computeruse;

import dev.paddock.model.failure.UnavailableException;
import dev.paddock.toolbox.RouteTable;
import dev.paddock.toolbox.SandboxHandler;
import dev.paddock.web.Operation;
import java.util.List;

/** The routes under {@code /computeruse}: there, so that clients learn why they have no desktop. */
public final class ComputerUseRoutes {
  private static final SandboxHandler UNAVAILABLE =
      (_, _) -> {
        throw new UnavailableException(
            "computer use is not available: sandboxes have no desktop, so there is no screen,"
                + " mouse, keyboard or recording; commands, code and previews work");
      };

  private static final List<Unavailable> ALL =
      List.of(
          new Unavailable(Method.POST, "/start", "StartComputerUse"),
          new Unavailable(Method.POST, "/stop", "StopComputerUse"),
          new Unavailable(Method.GET, "/status", "GetComputerUseSystemStatus"),
          new Unavailable(Method.GET, "/process-status", "GetComputerUseStatus"),
          new Unavailable(Method.GET, "/process/{processName}/status", "GetProcessStatus"),
          new Unavailable(Method.POST, "/process/{processName}/restart", "RestartProcess"),
          new Unavailable(Method.GET, "/process/{processName}/logs", "GetProcessLogs"),
          new Unavailable(Method.GET, "/process/{processName}/errors", "GetProcessErrors"),
          new Unavailable(Method.GET, "/mouse/position", "GetMousePosition"),
          new Unavailable(Method.POST, "/mouse/move", "MoveMouse"),
          new Unavailable(Method.POST, "/mouse/down", "MouseDown"),
          new Unavailable(Method.POST, "/mouse/up", "MouseUp"),
          new Unavailable(Method.POST, "/mouse/click", "Click"),
          new Unavailable(Method.POST, "/mouse/drag", "Drag"),
          new Unavailable(Method.POST, "/mouse/scroll", "Scroll"),
          new Unavailable(Method.POST, "/keyboard/type", "TypeText"),
          new Unavailable(Method.POST, "/keyboard/down", "KeyDown"),
          new Unavailable(Method.POST, "/keyboard/up", "KeyUp"),
          new Unavailable(Method.POST, "/keyboard/key", "PressKey"),
          new Unavailable(Method.POST, "/keyboard/hotkey", "PressHotkey"),
          new Unavailable(Method.GET, "/screenshot", "TakeScreenshot"),
          new Unavailable(Method.GET, "/screenshot/region", "TakeRegionScreenshot"),
          new Unavailable(Method.GET, "/screenshot/compressed", "TakeCompressedScreenshot"),
          new Unavailable(
              Method.GET, "/screenshot/region/compressed", "TakeCompressedRegionScreenshot"),
          new Unavailable(Method.GET, "/display/info", "GetDisplayInfo"),
          new Unavailable(Method.GET, "/display/windows", "GetWindows"),
          new Unavailable(Method.GET, "/a11y/tree", "GetAccessibilityTree"),
          new Unavailable(Method.POST, "/a11y/find", "FindAccessibilityNodes"),
          new Unavailable(Method.POST, "/a11y/node/focus", "FocusAccessibilityNode"),
          new Unavailable(Method.POST, "/a11y/node/invoke", "InvokeAccessibilityNode"),
          new Unavailable(Method.POST, "/a11y/node/value", "SetAccessibilityNodeValue"),
          new Unavailable(Method.GET, "/recordings", "ListRecordings"),
          new Unavailable(Method.POST, "/recordings/start", "StartRecording"),
          new Unavailable(Method.POST, "/recordings/stop", "StopRecording"),
          new Unavailable(Method.GET, "/recordings/{id}", "GetRecording"),
          new Unavailable(Method.DELETE, "/recordings/{id}", "DeleteRecording"),
          new Unavailable(Method.GET, "/recordings/{id}/download", "DownloadRecording"));

  private enum Method {
    GET,
    POST,
    DELETE
  }

  private record Unavailable(Method method, String path, String id) {
    void addTo(RouteTable table) {
      String whole = "/computeruse" + path;
      Operation operation =
          Operation.of(id, "computer-use", "Not available: sandboxes have no desktop")
              .answersNothing(503);
      switch (method) {
        case GET -> table.get(whole, operation, UNAVAILABLE);
        case POST -> table.post(whole, operation, UNAVAILABLE);
        case DELETE -> table.delete(whole, operation, UNAVAILABLE);
      }
    }
  }

  /** Adds them. */
  public void addTo(RouteTable table) {
    ALL.forEach(one -> one.addTo(table));
  }
}

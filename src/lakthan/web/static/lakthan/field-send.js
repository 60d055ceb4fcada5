// Sends the forms of meetings that wait on this device: one tab at a time, and again after a pause where it failed.
"use strict";

// `arrived` is called with a form and its address, `refused` with a form and what the server told, `done` after a round.
const fieldSend = ({ form, person, status, arrived, refused, done }) => {
  const FIRST_PAUSE = 5000; // milliseconds before a send that failed is tried again; doubled each time
  const LONGEST_PAUSE = 600000;
  let pause = FIRST_PAUSE;
  let timer = 0;

  const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
  const post = async (one) => {
    if (!cookie("csrftoken")) await fetch(form.action, { headers: { Accept: "text/html" } }); // brings the cookie
    const body = new FormData();
    for (const [name, value] of Object.entries(one.fields)) body.append(name, value);
    for (const [name, value] of Object.entries({ key: one.key, person: one.person, unit: one.unit })) body.append(name, value);
    for (const file of one.files) body.append("files", file.blob, file.name);
    body.append("csrfmiddlewaretoken", cookie("csrftoken") ?? "");
    return fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error" });
  };

  // Whether the next form may be sent; what is said of this one.
  const send = async (one) => {
    const answer = await post(one);
    if (answer.ok) {
      arrived(one, (await answer.json()).meeting);
      await fieldKept.drop(one.key);
      return true;
    }
    if (answer.status === 401) {
      status.say("signedOut", { warning: true, signIn: answer.headers.get("X-Sign-In") ?? "" });
      return false;
    }
    const isTold = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (isTold && (answer.status === 400 || answer.status === 409)) {
      await refused(one, await answer.json());
      return true;
    }
    status.say(answer.status === 412 ? "other" : "later", { warning: true });
    return false;
  };
  const sendWaiting = async () => {
    for (const { key } of (await fieldKept.of(person)).filter((one) => one.state === "waiting")) {
      const one = await fieldKept.get(key); // another tab may have sent it meanwhile
      if (one?.state !== "waiting") continue;
      status.say("sending");
      if (!(await send(one))) return false;
      status.sayConnection();
    }
    return true;
  };
  const sendAll = async () => {
    clearTimeout(timer);
    if (!navigator.onLine) {
      status.sayConnection();
      return;
    }
    let isDone = true;
    await navigator.locks.request("lakthan-field-send", { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      try {
        isDone = await sendWaiting();
      } catch {
        status.say("later", { warning: true });
        isDone = false;
      }
    });
    await done();
    pause = isDone ? FIRST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE);
    if (!isDone) timer = setTimeout(sendAll, pause);
  };
  const now = () => {
    pause = FIRST_PAUSE;
    return sendAll();
  };
  return { sendAll, now };
};

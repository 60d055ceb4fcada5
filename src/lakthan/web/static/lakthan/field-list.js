// The forms of meetings that this device keeps beside the one that is open, and those that this tab has sent.
"use strict";

// `edit` and `drop` are called with the key of a form, `titleOf` with a form.
const fieldList = ({ titleOf, edit, drop }) => {
  const waiting = document.getElementById("field-waiting");
  const list = document.getElementById("field-list");
  const sent = []; // title and address

  const button = (words, of, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-outline-primary";
    made.textContent = words;
    made.setAttribute("aria-label", `${words}: ${of}`);
    made.addEventListener("click", act);
    return made;
  };
  const named = (one) => titleOf(one) || waiting.dataset.untitled;
  const lineOf = (one) => {
    const line = document.createElement("li");
    const words = document.createElement("p");
    const title = document.createElement("strong");
    title.textContent = named(one);
    words.append(title, ` ${one.fields.held_on} · ${waiting.dataset[one.state]}`);
    line.className = `is-${one.state}`;
    line.append(
      words,
      button(waiting.dataset[one.state === "refused" ? "mend" : "open"], title.textContent, () => edit(one.key)),
      " ",
      button(waiting.dataset.delete, title.textContent, async () => {
        if (window.confirm(waiting.dataset.sure)) await drop(one.key);
      }),
    );
    return line;
  };
  const sentLineOf = ({ title, address }) => {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = address;
    link.textContent = title;
    line.className = "is-sent";
    line.append(link, ` · ${waiting.dataset.sent}`);
    return line;
  };

  const show = (forms) => {
    list.replaceChildren(...forms.map(lineOf), ...sent.map(sentLineOf));
    document.getElementById("field-count").textContent = String(forms.filter((one) => one.state !== "draft").length);
    document.getElementById("field-send").hidden = !forms.some((one) => one.state === "waiting");
    waiting.hidden = forms.length + sent.length === 0;
  };
  return {
    show,
    add: (one, address) => sent.push({ title: named(one), address }),
    comeInSight: () => waiting.scrollIntoView({ block: "start", behavior: "instant" }),
  };
};
